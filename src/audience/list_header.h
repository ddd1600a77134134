// The first line of a list: what its columns are called.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "audience/csv_reader.h"
#include "base/diagnostic.h"

namespace tocsin {

enum class ListUse {
    kRecipients,  // every column is a merge field
    kExclusion,   // only `email` counts, the other columns may be called anything
};

struct ListHeader {
    std::size_t email = 0;           // the index of the column of addresses
    std::vector<std::string> names;  // of all columns, trimmed, as written
};

// Reads the header as the first record of `reader`, which uses `delimiter`. What is wrong with it
// is added to `findings`; nothing is returned then. Ids: empty-list, no-header, wrong-separator,
// too-many-columns, no-email-column, column-name, duplicate-column, builtin-column, and those of
// CsvReader.
std::optional<ListHeader> read_list_header(CsvReader& reader, char delimiter, ListUse use,
                                           Findings& findings);

}  // namespace tocsin
