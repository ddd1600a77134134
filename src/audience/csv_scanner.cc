#include "audience/csv_scanner.h"

namespace tocsin {
namespace {

constexpr unsigned kDelimiter = 1;
constexpr unsigned kQuote = 2;
constexpr unsigned kLineFeed = 4;
constexpr unsigned kReturn = 8;
constexpr unsigned kControl = 16;
constexpr unsigned kBeyondAscii = 32;

}  // namespace

CsvScanner::CsvScanner(char delimiter) {
    for (std::size_t byte = 0; byte < classes_.size(); ++byte) {
        bool control = byte < 0x20 || byte == 0x7F;
        if (byte >= 0x80) classes_[byte] = kBeyondAscii;
        if (control && byte != '\t') classes_[byte] = kControl;
    }
    classes_[static_cast<unsigned char>(delimiter)] = kDelimiter;
    classes_['"'] = kQuote;
    classes_['\n'] = kLineFeed;
    classes_['\r'] = kReturn;
}

CsvScan CsvScanner::scan(std::string_view bytes, bool whole) {
    bytes_ = bytes;
    whole_ = whole;
    at_ = 0;
    seen_ = 0;
    layout_.cells.clear();
    within_quotes_ = false;
    for (;;) {
        switch (scan_cell()) {
            case Next::kCell:
                break;
            case Next::kDone:
                layout_.beyond_ascii = (seen_ & kBeyondAscii) != 0;
                layout_.control = (seen_ & kControl) != 0;
                return CsvScan::kRecord;
            case Next::kMore:
                return CsvScan::kMore;
            case Next::kFault:
                return fault_;
        }
    }
}

CsvScanner::Next CsvScanner::scan_cell() {
    if (at_ == bytes_.size() && !whole_) return Next::kMore;
    return at_ < bytes_.size() && bytes_[at_] == '"' ? scan_quoted() : scan_plain();
}

// The one loop that touches every byte.
std::size_t CsvScanner::skip_until(unsigned stop) {
    std::size_t at = at_;
    unsigned seen = seen_;
    for (; at < bytes_.size(); ++at) {
        unsigned byte_class = classes_[static_cast<unsigned char>(bytes_[at])];
        if ((byte_class & stop) != 0) break;
        seen |= byte_class;
    }
    at_ = at;
    seen_ = seen;
    return at;
}

CsvScanner::Next CsvScanner::scan_plain() {
    CsvLayout::Cell cell;
    cell.begin = at_;
    for (;;) {
        cell.end = skip_until(kDelimiter | kQuote | kLineFeed | kReturn);
        if (at_ == bytes_.size()) return whole_ ? close_cell(cell) : Next::kMore;
        if (bytes_[at_] == '"') {
            fault_ = CsvScan::kStrayQuote;
            fault_at_ = at_;
            return Next::kFault;
        }
        if (bytes_[at_] != '\r') return close_cell(cell);
        if (at_ + 1 == bytes_.size() && !whole_) return Next::kMore;
        if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') return close_cell(cell);
        seen_ |= kControl;  // a CR by itself ends no line
        ++at_;
    }
}

CsvScanner::Next CsvScanner::scan_quoted() {
    CsvLayout::Cell cell;
    quote_at_ = at_++;
    cell.begin = at_;
    cell.quoted = true;
    for (;;) {
        cell.end = skip_until(kQuote | kReturn);
        if (at_ == bytes_.size()) {
            within_quotes_ = true;
            if (!whole_) return Next::kMore;
            fault_ = CsvScan::kUnclosedQuote;
            fault_at_ = quote_at_;
            return Next::kFault;
        }
        if (bytes_[at_] == '\r') {
            cell.rewritten = true;
            seen_ |= kControl;
            ++at_;
            continue;
        }
        if (at_ + 1 == bytes_.size() && !whole_) return Next::kMore;
        ++at_;
        if (at_ == bytes_.size() || bytes_[at_] != '"') return close_cell(cell);
        cell.rewritten = true;
        ++at_;
    }
}

// At the delimiter, the line end or the last byte's end; anything else is text after a quote.
CsvScanner::Next CsvScanner::close_cell(CsvLayout::Cell cell) {
    std::size_t line_end = 0;
    if (at_ < bytes_.size()) {
        unsigned byte_class = classes_[static_cast<unsigned char>(bytes_[at_])];
        if (byte_class == kDelimiter) {
            layout_.cells.push_back(cell);
            ++at_;
            return Next::kCell;
        }
        if (byte_class == kLineFeed) line_end = 1;
        if (byte_class == kReturn) {
            if (at_ + 1 == bytes_.size() && !whole_) return Next::kMore;
            if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') line_end = 2;
        }
        if (line_end == 0) {
            fault_ = CsvScan::kTextAfterQuote;
            fault_at_ = at_;
            return Next::kFault;
        }
    }
    layout_.cells.push_back(cell);
    layout_.text_length = at_;
    layout_.length = at_ + line_end;
    return Next::kDone;
}

}  // namespace tocsin
