#include "audience/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "audience/excerpt.h"
#include "base/text.h"

namespace tocsin {
namespace {

// A list of bad rows keeps hundreds of findings, and a line may have a megabyte.
constexpr std::size_t kLongestExcerpt = 1200;
constexpr char kQuoteHint[] =
    "put the whole cell in quotes and write \"\" for each quote inside it";
constexpr char kUtf8Hint[] =
    "save the list as UTF-8: `CSV UTF-8` in Excel, character set `Unicode (UTF-8)` in LibreOffice";

int count_lines(std::string_view bytes) {
    return static_cast<int>(std::count(bytes.begin(), bytes.end(), '\n'));
}

bool begins_as_utf16(std::string_view bytes) {
    return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE");
}

}  // namespace

CsvReader::CsvReader(std::string name, ByteSource& source, const CsvOptions& options)
    : name_(std::move(name)), source_(source), options_(options), scanner_(options.delimiter) {
    // One byte more than a small file has, so that its end shows without a second buffer.
    options_.block =
        static_cast<std::size_t>(std::clamp<std::uint64_t>(options_.block, 1, source.size() + 1));
    options_.longest_record = std::max<std::size_t>(1, options_.longest_record);
}

void CsvReader::seek(std::uint64_t offset, int line) {
    buffer_offset_ = offset;
    line_ = line;
    begin_ = end_ = consumed_ = 0;
    consumed_lines_ = 0;
    at_end_ = skipping_ = false;
    started_ = offset > 0;
}

const CsvRecord* CsvReader::next() {
    drop_record();
    if (!started_ && !start()) return &record_;
    for (;; drop_record()) {
        if (skipping_) skip_line();
        CsvScan result = scan();
        if (unread().empty()) return nullptr;
        record_.offset = buffer_offset_ + begin_;
        record_.line = line_;
        if (result == CsvScan::kRecord) {
            take_record();
            bool is_empty_line = scanner_.layout().text_length == 0;
            if (!is_empty_line) return &record_;
        } else {
            fail(result);
            return &record_;
        }
    }
}

// Byte order marks. False where the record is their fault.
bool CsvReader::start() {
    started_ = true;
    while (unread().size() < 3 && fill()) {
    }
    if (unread().starts_with("\xEF\xBB\xBF")) begin_ += 3;
    if (!begins_as_utf16(unread())) return true;
    record_.offset = 0;
    record_.line = 1;
    Place place{name_, 1, 1};
    record_.fault =
        Finding{Severity::kError, "not-utf8", std::move(place), "the file is UTF-16, not UTF-8",
                kUtf8Hint,        ""};
    // Nothing behind it can be read as lines.
    begin_ = end_ = 0;
    buffer_offset_ = source_.size();
    at_end_ = true;
    return false;
}

void CsvReader::drop_record() {
    begin_ += consumed_;
    line_ += consumed_lines_;
    consumed_ = 0;
    consumed_lines_ = 0;
    record_.cells.clear();
    record_.fault.reset();
}

// What is left of a line that was too long to be kept.
void CsvReader::skip_line() {
    skipping_ = false;
    for (;;) {
        std::size_t found = unread().find('\n');
        if (found != std::string_view::npos) {
            begin_ += found + 1;
            ++line_;
            return;
        }
        begin_ = end_;
        if (!fill()) return;
    }
}

// Reads once more behind what there is; false at the source's end.
bool CsvReader::fill() {
    if (end_ == buffer_.size() && begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        buffer_offset_ += begin_;
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == buffer_.size()) {
        buffer_.resize(std::max(options_.block, buffer_.size() * 2));
    }
    std::size_t got =
        source_.read_at(buffer_offset_ + end_, buffer_.data() + end_, buffer_.size() - end_);
    end_ += got;
    at_end_ = got == 0;
    return !at_end_;
}

std::string_view CsvReader::unread() const {
    return {buffer_.data() + begin_, end_ - begin_};
}

// What a record may extend over.
std::string_view CsvReader::window() const {
    return unread().substr(0, options_.longest_record);
}

CsvScan CsvReader::scan() {
    for (;;) {
        bool whole = at_end_ && unread().size() == window().size();
        CsvScan result = scanner_.scan(window(), whole);
        if (result != CsvScan::kMore) return result;
        if (window().size() == options_.longest_record) return result;
        fill();
    }
}

void CsvReader::take_record() {
    consumed_ = scanner_.layout().length;
    consumed_lines_ = count_lines(unread().substr(0, consumed_));
    unquote_cells();
    if (scanner_.layout().beyond_ascii) check_utf8();
    if (scanner_.layout().control && !record_.fault) check_controls();
    if (record_.fault) record_.cells.clear();
}

void CsvReader::unquote_cells() {
    const CsvLayout& layout = scanner_.layout();
    std::string_view bytes = unread();
    unquoted_.clear();
    unquoted_.reserve(layout.text_length);  // so that the views below stay valid
    for (const CsvLayout::Cell& cell : layout.cells) {
        std::string_view text = bytes.substr(cell.begin, cell.end - cell.begin);
        if (cell.rewritten) {
            std::size_t start = unquoted_.size();
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text.substr(i, 2) == "\"\"" || text.substr(i, 2) == "\r\n") ++i;
                unquoted_ += text[i];
            }
            text = std::string_view(unquoted_).substr(start);
        }
        record_.cells.push_back({text, cell.begin});
    }
}

void CsvReader::check_utf8() {
    auto at = invalid_utf8(unread().substr(0, scanner_.layout().text_length));
    if (at) record_.fault = error(*at, "not-utf8", "this is not UTF-8", kUtf8Hint);
}

// Tabs and LFs may be part of a text, and the CRs of CR LF; nothing else.
void CsvReader::check_controls() {
    std::string_view text = unread().substr(0, scanner_.layout().text_length);
    for (std::size_t i = 0; i < text.size() && !record_.fault; ++i) {
        std::string_view here = text.substr(i, 1);
        if (!has_control(here) || here == "\t" || here == "\n") continue;
        if (here == "\r" && text.substr(i, 2) == "\r\n") continue;
        record_.fault = control_fault(i, text[i]);
    }
}

Finding CsvReader::control_fault(std::size_t at, char c) const {
    constexpr char kId[] = "control-character";
    switch (c) {
        case '\0':
            return error(at, kId, "there is a NUL byte: is the file UTF-16?", kUtf8Hint);
        case '\r':
            return error(at, kId, "there is a carriage return without a line feed",
                         "save the list with the line ends of Unix or Windows");
        default:
            return error(at, kId, "there is a control character", "remove it");
    }
}

void CsvReader::fail(CsvScan scan) {
    std::size_t at = scanner_.fault_at();
    std::size_t quote = scanner_.quote_at();
    std::string_view bytes = unread();
    switch (scan) {
        case CsvScan::kUnclosedQuote:
            return reject(at, "unclosed-quote", "the quote that opens here is never closed",
                          kUnclosedQuoteHint);
        case CsvScan::kTextAfterQuote:
            if (int lines = count_lines(bytes.substr(quote, at - quote)); lines > 0) {
                return reject(quote, "unclosed-quote",
                              "the quote that opens here is not closed on its line, and the next "
                              "quote, " +
                                  counted(static_cast<std::size_t>(lines), "line") +
                                  " below, has text behind it",
                              kUnclosedQuoteHint);
            }
            return reject(at, "misplaced-quote", "there is text behind a closing quote",
                          kQuoteHint);
        case CsvScan::kStrayQuote:
            return reject(at, "misplaced-quote",
                          "there is a quote inside a cell that does not begin with one",
                          kQuoteHint);
        case CsvScan::kMore:
        case CsvScan::kRecord:
            return fail_too_long();
    }
}

void CsvReader::fail_too_long() {
    std::string most = grouped(options_.longest_record) + " bytes";
    if (scanner_.within_quotes()) {
        return reject(
            scanner_.quote_at(), "unclosed-quote",
            "the quote that opens here is not closed within the " + most + " that a row may have",
            kUnclosedQuoteHint);
    }
    reject(0, "oversized-row", "the row is longer than " + most,
           "is this a CSV file with one row a line?");
}

void CsvReader::reject(std::size_t at, std::string id, std::string message, std::string hint) {
    record_.cells.clear();
    // The excerpt is the same wherever a block ends.
    while (unread().find('\n', at) == std::string_view::npos &&
           unread().size() < options_.longest_record + kLongestExcerpt && fill()) {
    }
    record_.fault = error(at, std::move(id), std::move(message), std::move(hint));
    std::size_t line_end = unread().find('\n', at);
    skipping_ = line_end == std::string_view::npos;
    consumed_ = skipping_ ? unread().size() : line_end + 1;
    consumed_lines_ = count_lines(unread().substr(0, consumed_));
}

Finding CsvReader::error(std::size_t at, std::string id, std::string message,
                         std::string hint) const {
    std::string_view before = unread().substr(0, at);
    std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    Place place{name_, line_ + count_lines(before), static_cast<int>(at - line_start) + 1};
    std::string_view line = line_at(line_start);
    bool shows_place = at - line_start < kLongestExcerpt;
    std::string excerpt =
        shows_place ? well_formed(line.substr(0, kLongestExcerpt)) : std::string();
    return {Severity::kError,   std::move(id),   std::move(place),
            std::move(message), std::move(hint), std::move(excerpt)};
}

std::string CsvReader::beginning() const {
    return shortened(line_at(0));
}

std::string_view CsvReader::line_at(std::size_t start) const {
    std::string_view line = unread().substr(start);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace tocsin
