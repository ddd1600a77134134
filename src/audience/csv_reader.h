// Reads CSV (RFC 4180) or TSV record by record, in memory that the longest record bounds.
//
// Strict: what RFC 4180 does not allow is a fault of that record, and reading goes on behind it.
// Line ends are LF or CR LF, and the last may be missing; empty lines are skipped; a UTF-8 byte
// order mark is dropped. Behind a quote that is not closed, reading goes on with the line after
// the one where it opened, so that one slip does not swallow all rows below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/byte_source.h"
#include "audience/csv_scanner.h"
#include "base/diagnostic.h"

namespace tocsin {

struct CsvCell {
    std::string_view text;  // unquoted, CR LF as LF; valid until the next record is read
    std::size_t at = 0;     // where it begins, as an offset into the record's bytes
};

struct CsvRecord {
    std::uint64_t offset = 0;  // of its first byte in the source
    int line = 0;              // of its first byte, from 1
    // Well-formed UTF-8 without control characters other than tab and LF. None where there is a
    // fault.
    std::vector<CsvCell> cells;
    // Its ids: unclosed-quote, misplaced-quote, oversized-row, not-utf8, control-character.
    std::optional<Finding> fault;
};

struct CsvOptions {
    char delimiter = ',';
    std::size_t block = 256u << 10;         // bytes that are read at a time, at least 1
    std::size_t longest_record = 1u << 20;  // line end included; a longer one is a fault
};

inline constexpr char kUnclosedQuoteHint[] =
    "close it, or write \"\" for a quote inside quoted text; this line was left out, and reading "
    "went "
    "on with the one below it";

class CsvReader {
  public:
    // `name` is the file's name in findings. `source` must outlive the reader.
    CsvReader(std::string name, ByteSource& source, const CsvOptions& options = {});

    // Goes to a record that begins at `offset`, in line `line`.
    void seek(std::uint64_t offset, int line);
    // The next record, or null at the end. The record belongs to the reader and is valid until the
    // next call. Throws what the source throws.
    const CsvRecord* next();

    // An error at byte `at` of the last record, with its line as excerpt.
    Finding error(std::size_t at, std::string id, std::string message, std::string hint = "") const;
    // Takes the last record back and makes it a fault at byte `at`; reading goes on behind the line
    // of that byte. For the caller who sees that a quote has swallowed rows.
    void reject(std::size_t at, std::string id, std::string message, std::string hint);
    // The beginning of the last record's first line, fit to be shown.
    std::string beginning() const;
    // Where the bytes after the last record begin: what `seek` takes.
    std::uint64_t next_offset() const { return buffer_offset_ + begin_ + consumed_; }
    int next_line() const { return line_ + consumed_lines_; }

  private:
    bool start();
    void drop_record();
    void skip_line();
    bool fill();
    std::string_view window() const;
    std::string_view unread() const;
    CsvScan scan();
    void take_record();
    void unquote_cells();
    void check_utf8();
    void check_controls();
    Finding control_fault(std::size_t at, char c) const;
    void fail(CsvScan scan);
    void fail_too_long();
    std::string_view line_at(std::size_t start) const;

    std::string name_;
    ByteSource& source_;
    CsvOptions options_;
    CsvScanner scanner_;
    CsvRecord record_;
    std::string unquoted_;  // the texts of cells that differ from their bytes

    // buffer_[begin_, end_) holds the last record and what was read behind it.
    std::vector<char> buffer_;
    std::uint64_t buffer_offset_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t consumed_ = 0;  // bytes of the last record
    int line_ = 1;              // at begin_
    int consumed_lines_ = 0;
    bool at_end_ = false;    // the source has no more
    bool skipping_ = false;  // the rest of the line is yet to be read and dropped
    bool started_ = false;
};

}  // namespace tocsin
