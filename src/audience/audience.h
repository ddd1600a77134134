// Reads the people of a campaign from its lists, one at a time: memory holds an index of addresses
// (about 32 bytes each), never the rows.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/recipient.h"

namespace tocsin {

// A row of a list that names a person to mail (or would, were it not excluded).
struct AudienceRow {
    Recipient recipient;
    bool excluded = false;
    std::string excluded_by;  // the list that does, "lists/already-signed.csv"
    Place place;              // file and line of the row's first byte
};

// A row that names nobody who can be mailed; also added to the findings.
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
    // Reads all lists in their order. Calls `person` once for each distinct address (the first row
    // wins) and `invalid` for each bad row. May be called again: the files are read anew.
    virtual void for_each(const std::function<void(const AudienceRow&)>& person,
                          const std::function<void(const InvalidRow&)>& invalid,
                          Findings& findings) = 0;
    // Rows of the last `for_each` whose address had come before.
    virtual std::size_t duplicates() const = 0;
};

// Opens lists and exclusions and reads their headers. Faults of headers (no `email`, the same
// column twice, a name that a merge field cannot have, a built-in's name) are findings; a missing
// file is a MissingInput. Nothing is returned where there were errors.
std::unique_ptr<Audience> open_audience(const std::filesystem::path& root,
                                        const AudienceDefinition& definition, Findings& findings);

}  // namespace tocsin
