// The partials of a template: which there are, and what includes what.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "templating/node.h"
#include "templating/sources.h"
#include "templating/template_set.h"

namespace tocsin::templating {

// A tag {{> name}}, and the file that it means.
struct Include {
    Spot spot;
    std::size_t file;
};

struct Partials {
    std::map<std::string, std::size_t, std::less<>> files;  // by name, as in `Sources`
    std::vector<std::vector<Include>> includes;             // by file
};

// Reads and checks the template in `sources` and all that it includes. Syntax errors, missing
// partials (unless they may be missing) and rings (unless they are allowed) go to `findings`.
Partials read_partials(Sources& sources, const PartialSource& source, const LoadOptions& options,
                       Findings& findings);

}  // namespace tocsin::templating
