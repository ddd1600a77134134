// Reads the people of a campaign from its lists, one at a time: memory holds an index of addresses
// (at most 14 bytes each), never the rows.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/recipient.h"

namespace tocsin {

// A row of a list that names a person to mail (or would, were it not excluded). Its parts may be
// moved away.
struct AudienceRow {
    Recipient recipient;
    bool excluded = false;
    std::string excluded_by;  // the list that does, "lists/already-signed.csv"
    Place place;              // file and line of the row's first byte
};

// A row that names nobody who can be mailed; also added to the findings. Both texts are well-formed
// UTF-8 on one line.
struct InvalidRow {
    std::string text;  // what stood in the email column, or the row's beginning
    std::string why;   // "the domain has no dot"
    Place place;
};

class Audience {
  public:
    virtual ~Audience() = default;
    // The columns of all lists together, in order of first appearance, `email` left out.
    virtual const Columns& columns() const = 0;
    // Reads the exclusions, then all lists in their order. Calls `person` once for each distinct
    // address (the first row wins) and `invalid` once for each bad row, which also is one error
    // finding whose id is a row fault (below). Other errors are no matter of single rows, and
    // whoever skips bad rows must still refuse them: `invalid-exclusion` (a row that may name
    // somebody who must get no mail) and `changed-list` (the file changed while it was read). A
    // list without rows is the warning `empty-list`.
    // May be called again: the files that were opened are read anew. Throws std::system_error where
    // a file cannot be read.
    virtual void for_each(const std::function<void(AudienceRow&)>& person,
                          const std::function<void(const InvalidRow&)>& invalid,
                          Findings& findings) = 0;
    // Rows of the last `for_each` whose address had come before.
    virtual std::size_t duplicates() const = 0;
};

// Whether findings of this id speak of one row of a list: short-row, extra-cells, invalid-address,
// unclosed-quote, misplaced-quote, oversized-row, not-utf8, control-character. (In a header, some
// of these stop `open_audience`.)
bool is_row_fault(std::string_view id);

// Opens lists and exclusions and reads their headers. What is wrong is added to the findings: a
// file that is missing (`missing-file`), is none (`not-a-file`), may not be read
// (`unreadable-file`) or is named twice (`repeated-list`), at its place in the campaign; a header
// without `email`, with a column twice, with a name that a merge field cannot have or that a
// built-in has, in the list. Null where there were errors; where they are tolerated, only where a
// list of recipients had them: without its columns nothing can be said of templates.
std::unique_ptr<Audience> open_audience(const std::filesystem::path& root,
                                        const AudienceDefinition& definition, Findings& findings,
                                        Faults faults = Faults::kRefuse);

}  // namespace tocsin
