#include "audience/suppression_csv.h"

#include <algorithm>
#include <optional>

#include "audience/csv_reader.h"
#include "base/text.h"
#include "mail/address.h"
#include "mail/address_names.h"

namespace tocsin {
namespace {

constexpr std::size_t kMissing = static_cast<std::size_t>(-1);

struct Columns {
    std::size_t address = kMissing, scope = kMissing, reason = kMissing, source = kMissing,
                time = kMissing, campaign = kMissing, until = kMissing, hash = kMissing;
    std::size_t count = 0;
};

std::size_t* column_called(Columns& columns, std::string_view name) {
    if (ascii_iequals(name, "address") || ascii_iequals(name, "email")) return &columns.address;
    if (ascii_iequals(name, "scope")) return &columns.scope;
    if (ascii_iequals(name, "reason")) return &columns.reason;
    if (ascii_iequals(name, "source")) return &columns.source;
    if (ascii_iequals(name, "time")) return &columns.time;
    if (ascii_iequals(name, "campaign")) return &columns.campaign;
    if (ascii_iequals(name, "until")) return &columns.until;
    if (ascii_iequals(name, "hash")) return &columns.hash;
    return nullptr;
}

std::optional<Columns> read_header(CsvReader& reader, const std::string& name, Findings& findings) {
    const CsvRecord* header = reader.next();
    if (header != nullptr && header->fault) {
        findings.add(*header->fault);
        return std::nullopt;
    }
    Columns columns;
    if (header != nullptr) {
        columns.count = header->cells.size();
        for (std::size_t i = 0; i < header->cells.size(); ++i) {
            std::size_t* column = column_called(columns, trim(header->cells[i].text));
            if (column != nullptr && *column == kMissing) *column = i;
        }
    }
    if (columns.address != kMissing || columns.hash != kMissing) return columns;
    findings.add({Severity::kError,
                  "no-address-column",
                  {name, 1, 1},
                  "the first line names no column `address` or `email`",
                  "the first line of the file must name its columns",
                  ""});
    return std::nullopt;
}

class EntryReader {
  public:
    EntryReader(const std::string& name, WallTime now, CsvReader& reader, const Columns& columns,
                Findings& findings)
        : name_(name), now_(now), reader_(reader), columns_(columns), findings_(findings) {}

    std::vector<Suppression> read() {
        std::vector<Suppression> entries;
        while (const CsvRecord* record = reader_.next()) {
            if (record->fault)
                findings_.add(*record->fault);
            else if (auto entry = entry_of(*record))
                entries.push_back(std::move(*entry));
        }
        return entries;
    }

  private:
    std::optional<Suppression> entry_of(const CsvRecord& record) {
        if (record.cells.size() != columns_.count) {
            return refuse(0, "short-row",
                          "the row has " + counted(record.cells.size(), "cell") +
                              ", the header has " + std::to_string(columns_.count));
        }
        auto address = address_of(record);
        auto when = time_of(record, columns_.time, now_);
        auto until = time_of(record, columns_.until, std::nullopt);
        if (!address || !when || !until) return std::nullopt;
        const char* reason = *until ? "pause" : "import";
        return Suppression{*address,
                           or_else(text(record, columns_.scope), kEverything),
                           or_else(text(record, columns_.reason), reason),
                           or_else(text(record, columns_.source), "file " + name_),
                           when->value(),
                           text(record, columns_.campaign),
                           *until};
    }

    // A key, or a hashed name.
    std::optional<std::string> address_of(const CsvRecord& record) {
        std::string written = text(record, columns_.address);
        std::string hash = text(record, columns_.hash);
        if (written.empty() && !hash.empty()) {
            if (is_well_formed_name(hash)) return hash;
            return refuse(record.cells[columns_.hash].at, "invalid-hash",
                          "this is no hash that `suppress export` wrote");
        }
        std::size_t column = columns_.address != kMissing ? columns_.address : columns_.hash;
        auto address = Mailbox::parse(written);
        const auto* fault = std::get_if<Mailbox::Fault>(&address);
        if (fault == nullptr) return std::get<Mailbox>(address).key();
        return refuse(record.cells[column].at, "invalid-address", fault->message);
    }

    // The cell's time, or `otherwise` where it is empty; nothing where it is refused.
    std::optional<std::optional<WallTime>> time_of(const CsvRecord& record, std::size_t column,
                                                   std::optional<WallTime> otherwise) {
        std::string written = text(record, column);
        if (written.empty()) return otherwise;
        if (auto time = parse_iso8601(written)) return time;
        return refuse(record.cells[column].at, "invalid-time",
                      "`" + written + "` is no time such as 2026-11-23T19:00:00Z");
    }

    std::nullopt_t refuse(std::size_t at, const char* id, std::string message) {
        findings_.add(reader_.error(at, id, std::move(message),
                                    "nothing of the file is imported until every row is right"));
        return std::nullopt;
    }

    static std::string text(const CsvRecord& record, std::size_t column) {
        return column == kMissing ? "" : std::string(trim(record.cells[column].text));
    }

    static std::string or_else(std::string text, std::string instead) {
        return text.empty() ? std::move(instead) : text;
    }

    const std::string& name_;
    WallTime now_;
    CsvReader& reader_;
    const Columns& columns_;
    Findings& findings_;
};

std::string csv_cell(std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
    std::string out = "\"";
    for (char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace

std::vector<Suppression> read_suppressions(const std::filesystem::path& file, WallTime now,
                                           Findings& findings) {
    const std::string name = file.string();
    FileSource::Refusal why{};
    auto source = FileSource::open(file, why);
    if (!source) {
        findings.add({Severity::kError,
                      "missing-file",
                      {name, 0, 0},
                      why == FileSource::Refusal::kMissing ? "there is no such file"
                                                           : "this cannot be read as a file",
                      "",
                      ""});
        return {};
    }
    CsvOptions options;
    if (file.extension() == ".tsv") options.delimiter = '\t';
    CsvReader reader(name, *source, options);
    auto columns = read_header(reader, name, findings);
    if (!columns) return {};
    return EntryReader(name, now, reader, *columns, findings).read();
}

std::string write_suppressions(const std::vector<Suppression>& entries) {
    std::string csv = "address,scope,reason,source,time,campaign,until,hash\r\n";
    for (const Suppression& entry : entries) {
        bool hashed = is_hashed_name(entry.address);
        csv += (hashed ? "" : csv_cell(entry.address)) + "," + csv_cell(entry.scope) + "," +
               csv_cell(entry.reason) + "," + csv_cell(entry.source) + "," + iso8601(entry.time) +
               "," + csv_cell(entry.campaign) + "," + (entry.until ? iso8601(*entry.until) : "") +
               "," + (hashed ? entry.address : "") + "\r\n";
    }
    return csv;
}

}  // namespace tocsin
