// A list that was opened and whose header is right, and its rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "audience/byte_source.h"
#include "audience/csv_reader.h"
#include "audience/list_header.h"
#include "base/diagnostic.h"
#include "mail/address.h"

namespace tocsin {

struct ListFile {
    std::string name;  // as the campaign writes it: relative to the workspace
    std::unique_ptr<ByteSource> source;
    char delimiter = ',';
    ListHeader header;
    std::uint64_t rows_at = 0;  // where the first row begins
    int rows_line = 1;
};

// Tab where the name ends in .tsv, else comma.
char delimiter_of(std::string_view name);

// Reads the header. What is wrong with it is added to `findings`; nothing is returned then.
std::optional<ListFile> read_list(std::string name, std::unique_ptr<ByteSource> source, ListUse use,
                                  Findings& findings);

// Goes through the rows from the first to the last. Rows whose cells are all empty, which
// spreadsheets leave behind, are skipped.
class ListRows {
  public:
    // `list` must outlive this.
    explicit ListRows(const ListFile& list, std::size_t block = CsvOptions{}.block);

    // Reads the next row; false at the end.
    bool next();
    // Reads the row that begins at `offset`, which an earlier pass gave.
    bool read_at(std::uint64_t offset);

    // Of the row that was read: why it names nobody, or nothing. Ids: those of CsvReader, and
    // short-row, extra-cells, invalid-address.
    const std::optional<Finding>& fault() const { return fault_; }
    // What stood in the column of addresses or, where that cannot be told, the row's beginning.
    const std::string& faulty_text() const { return faulty_text_; }
    // Where there is no fault.
    Mailbox& address() { return *address_; }
    // Trimmed; empty where nobody would see anything. As many as the header has.
    std::string_view cell(std::size_t column) const;
    std::uint64_t offset() const { return record_->offset; }
    int line() const { return record_->line; }

  private:
    void judge();
    void judge_quotes();
    void judge_width();
    void judge_address();
    bool is_blank() const;

    const ListFile& list_;
    CsvReader reader_;
    const CsvRecord* record_ = nullptr;
    std::optional<Mailbox> address_;
    std::optional<Finding> fault_;
    std::string faulty_text_;
};

}  // namespace tocsin
