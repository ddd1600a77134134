// Finds the cells of one CSV record (RFC 4180) among bytes; reads no files and copies nothing.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace tocsin {

// Where the parts of a record lie, as offsets from its first byte.
struct CsvLayout {
    struct Cell {
        std::size_t begin = 0;  // without quotes
        std::size_t end = 0;
        bool quoted = false;
        bool rewritten = false;  // the text differs from the bytes: "" or CR LF within quotes
    };
    std::vector<Cell> cells;
    std::size_t text_length = 0;  // without the line end
    std::size_t length = 0;       // with it
    bool beyond_ascii = false;
    bool control = false;  // it has control characters beside tabs, LFs and line ends
};

enum class CsvScan {
    kRecord,          // layout() holds it
    kMore,            // more bytes are needed to tell
    kUnclosedQuote,   // fault_at(): where the quote opens
    kTextAfterQuote,  // fault_at(): the text; quote_at(): where the quote opened
    kStrayQuote,      // fault_at(): a quote within a cell that does not begin with one
};

class CsvScanner {
  public:
    explicit CsvScanner(char delimiter);

    // `bytes` begin with a record; `whole` says that no more follow them. Stops at the first fault.
    // A line without text is a record of one empty cell.
    CsvScan scan(std::string_view bytes, bool whole);

    const CsvLayout& layout() const { return layout_; }
    std::size_t fault_at() const { return fault_at_; }
    std::size_t quote_at() const { return quote_at_; }
    // Of kMore: the bytes end within quotes, which open at quote_at().
    bool within_quotes() const { return within_quotes_; }

  private:
    enum class Next { kCell, kDone, kMore, kFault };

    Next scan_cell();
    Next scan_plain();
    Next scan_quoted();
    Next close_cell(CsvLayout::Cell cell);
    std::size_t skip_until(unsigned stop);

    std::array<unsigned char, 256> classes_{};
    CsvLayout layout_;
    std::string_view bytes_;
    bool whole_ = false;
    std::size_t at_ = 0;
    unsigned seen_ = 0;  // classes of all bytes passed
    CsvScan fault_ = CsvScan::kRecord;
    std::size_t fault_at_ = 0;
    std::size_t quote_at_ = 0;
    bool within_quotes_ = false;
};

}  // namespace tocsin
