// Reads a template and every partial that it reaches, and makes one tree of them.
#pragma once

#include <optional>
#include <vector>

#include "templating/node.h"
#include "templating/sources.h"
#include "templating/template_set.h"

namespace tocsin::templating {

// `sources` holds the template alone and gets its partials. Nothing is returned if there were
// errors; all of all files are in `findings`.
std::optional<std::vector<Node>> load_tree(Sources& sources, const PartialSource& partials,
                                           const LoadOptions& options, Findings& findings);

}  // namespace tocsin::templating
