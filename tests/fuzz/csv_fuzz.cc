// Any bytes as a list. What must hold: reading ends, the ends of blocks make no difference, no cell
// holds what a cell may not, cells written out and read again are the same, and an offset leads
// back to its row.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "audience/csv_reader.h"
#include "audience/list_file.h"
#include "base/text.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

struct Record {
    std::uint64_t offset = 0;
    int line = 0;
    std::vector<std::string> cells;
    std::string fault;
    friend bool operator==(const Record&, const Record&) = default;
};

std::vector<Record> read(const std::string& bytes, const CsvOptions& options, std::size_t chunk) {
    MemorySource source(bytes, chunk);
    CsvReader reader("list.csv", source, options);
    std::vector<Record> all;
    while (const CsvRecord* record = reader.next()) {
        Record copy{record->offset, record->line, {}, {}};
        for (const CsvCell& cell : record->cells) copy.cells.emplace_back(cell.text);
        if (record->fault) copy.fault = format(*record->fault);
        demand(all.empty() || (copy.offset > all.back().offset && copy.line > all.back().line));
        all.push_back(std::move(copy));
    }
    return all;
}

void check_cells(const std::vector<Record>& records) {
    for (const Record& record : records) {
        demand(record.cells.empty() != record.fault.empty());
        for (const std::string& cell : record.cells) {
            demand(!invalid_utf8(cell));
            for (char c : cell) demand(c == '\n' || c == '\t' || !has_control({&c, 1}));
        }
    }
}

// All cells in quotes; a line each, so that the empty cell alone is a record too.
std::string written(const std::vector<std::string>& cells, char delimiter) {
    std::string text;
    for (const std::string& cell : cells) {
        if (!text.empty()) text += delimiter;
        text += '"';
        for (char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
        text += '"';
    }
    return text + "\n";
}

void check_written(const std::vector<Record>& records, char delimiter) {
    for (const Record& record : records) {
        if (!record.fault.empty()) continue;
        auto again = read(written(record.cells, delimiter), {.delimiter = delimiter}, 0);
        demand(again.size() == 1 && again[0].cells == record.cells);
    }
}

void check_list(const std::string& name, const std::string& bytes, ListUse use) {
    Findings findings;
    auto list = read_list(name, std::make_unique<MemorySource>(bytes), use, findings);
    demand(list.has_value() == !findings.has_errors());
    for (const Finding& finding : findings.all()) demand(!invalid_utf8(format(finding)));
    if (!list) return;
    ListRows rows(*list);
    ListRows lookup(*list, 16);
    while (rows.next()) {
        demand(rows.fault() ? !invalid_utf8(rows.faulty_text()) : rows.cell(0).data() != nullptr);
        if (rows.fault()) {
            demand(!invalid_utf8(format(*rows.fault())));
            continue;
        }
        demand(lookup.read_at(rows.offset()) && !lookup.fault());
        demand(lookup.address().key() == rows.address().key());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    for (char delimiter : {',', '\t'}) {
        auto records = read(bytes, {.delimiter = delimiter}, 0);
        check_cells(records);
        check_written(records, delimiter);
        demand(read(bytes, {.delimiter = delimiter, .block = 3}, 0) == records);
        demand(read(bytes, {.delimiter = delimiter, .block = 64}, 7) == records);
        CsvOptions tight{.delimiter = delimiter, .block = 5, .longest_record = 40};
        auto bounded = read(bytes, tight, 0);
        check_cells(bounded);
        tight.block = 1000;
        demand(read(bytes, tight, 1) == bounded);
    }
    check_list("list.csv", bytes, ListUse::kRecipients);
    check_list("list.tsv", bytes, ListUse::kExclusion);
    return 0;
}
