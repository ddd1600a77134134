#include "audience/list_file.h"

#include <algorithm>

#include "audience/excerpt.h"
#include "base/text.h"

namespace tocsin {

namespace {

// `trim` in a hurry: most cells have nothing to trim.
std::string_view trimmed(std::string_view text) {
    auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    bool is_tight = !text.empty() && !is_blank(text.front()) && !is_blank(text.back());
    return is_tight ? text : trim(text);
}

// A cell that nobody sees anything in is empty, or people would be greeted by nothing. What begins
// with an ASCII character is seen once it is trimmed: most cells are not looked at further.
bool is_seen(std::string_view trimmed) {
    return !trimmed.empty() &&
           (static_cast<unsigned char>(trimmed.front()) < 0x80 || !is_invisible(trimmed));
}

}  // namespace

char delimiter_of(std::string_view name) {
    constexpr std::string_view kTabs = ".tsv";
    bool tabs = name.size() >= kTabs.size() &&
                ascii_iequals(name.substr(name.size() - kTabs.size()), kTabs);
    return tabs ? '\t' : ',';
}

std::optional<ListFile> read_list(std::string name, std::unique_ptr<ByteSource> source, ListUse use,
                                  Findings& findings) {
    ListFile list{.name = std::move(name), .source = std::move(source), .header = {}};
    list.delimiter = delimiter_of(list.name);
    CsvReader reader(list.name, *list.source, {.delimiter = list.delimiter});
    auto header = read_list_header(reader, list.delimiter, use, findings);
    if (!header) return std::nullopt;
    list.header = std::move(*header);
    list.rows_at = reader.next_offset();
    list.rows_line = reader.next_line();
    return list;
}

ListRows::ListRows(const ListFile& list, std::size_t block)
    : list_(list), reader_(list.name, *list.source, {.delimiter = list.delimiter, .block = block}) {
    reader_.seek(list.rows_at, list.rows_line);
}

bool ListRows::next() {
    do {
        record_ = reader_.next();
        if (record_ == nullptr) return false;
    } while (is_blank());
    judge();
    return true;
}

bool ListRows::read_at(std::uint64_t offset) {
    reader_.seek(offset, 0);
    return next();
}

std::string_view ListRows::cell(std::size_t column) const {
    std::string_view text = trimmed(record_->cells[column].text);
    return is_seen(text) ? text : std::string_view();
}

bool ListRows::is_blank() const {
    if (record_->fault) return false;
    return std::all_of(record_->cells.begin(), record_->cells.end(),
                       [](const CsvCell& cell) { return !is_seen(trimmed(cell.text)); });
}

void ListRows::judge() {
    fault_.reset();
    address_.reset();
    judge_quotes();
    if (record_->fault) {
        fault_ = *record_->fault;
    } else if (record_->cells.size() != list_.header.names.size()) {
        judge_width();
    } else {
        judge_address();
    }
    if (!fault_) return;
    bool has_address = fault_->id == "invalid-address" && !cell(list_.header.email).empty();
    faulty_text_ = has_address ? shortened(cell(list_.header.email)) : reader_.beginning();
}

// A row of the wrong width, or with an address of several lines, is most likely one quote too few
// or too many, which makes several rows one. They are then read line by line, so that whoever
// stands in them is not lost.
void ListRows::judge_quotes() {
    if (record_->fault) return;
    const auto& cells = record_->cells;
    auto spans_lines = [](const CsvCell& cell) { return cell.text.find('\n') != cell.text.npos; };
    bool is_right_width = cells.size() == list_.header.names.size();
    if (is_right_width && !spans_lines(cells[list_.header.email])) return;
    auto open = std::find_if(cells.begin(), cells.end(), spans_lines);
    if (open == cells.end()) return;
    std::string width = is_right_width
                            ? "an address would have several lines"
                            : "the row would have " + counted(cells.size(), "cell") +
                                  ", the header has " + grouped(list_.header.names.size());
    reader_.reject(open->at - 1, "unclosed-quote",
                   "the quote that opens here is not closed on its line, and " + width,
                   kUnclosedQuoteHint);
}

void ListRows::judge_width() {
    std::size_t has = record_->cells.size();
    std::size_t wanted = list_.header.names.size();
    std::string message =
        "the row has " + counted(has, "cell") + ", the header has " + grouped(wanted);
    if (has < wanted) {
        fault_ = reader_.error(0, "short-row", message,
                               "add the cells that are missing, empty ones too");
    } else {
        fault_ = reader_.error(record_->cells[wanted].at, "extra-cells", message,
                               "a cell that holds a comma must be in quotes");
    }
    if (list_.delimiter == '\t' && has > wanted) fault_->hint = "remove the tabs that are too many";
}

void ListRows::judge_address() {
    const CsvCell& cell = record_->cells[list_.header.email];
    std::string_view text = trimmed(cell.text);
    if (text.empty()) {
        fault_ = reader_.error(cell.at, "invalid-address", "the row has no address",
                               "fill in the column `email`, or remove the row");
        return;
    }
    auto parsed = Mailbox::parse(text);
    if (auto* fault = std::get_if<Mailbox::Fault>(&parsed)) {
        auto blanks = static_cast<std::size_t>(text.data() - cell.text.data());
        fault_ = reader_.error(cell.at + blanks, "invalid-address",
                               "this is no mail address: " + fault->message);
    } else {
        address_ = std::move(std::get<Mailbox>(parsed));
    }
}

}  // namespace tocsin
