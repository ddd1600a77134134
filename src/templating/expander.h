// Puts partials in the place of their tags, indented as the specification has it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "templating/node.h"
#include "templating/partials.h"
#include "templating/sources.h"

namespace tocsin::templating {

// Where an expansion got out of hand, and how.
struct Excess {
    Spot spot;
    std::string id;
    std::string message;
};

// The template of `sources`, which is free of errors, without kPartial nodes. A partial that is
// open `most_open` times already renders nothing; a missing one neither. Returns nothing, and says
// why in `excess`, where the result would nest too deep or be too large.
std::optional<std::vector<Node>> expand(const Sources& sources, const Partials& partials,
                                        std::size_t most_open, Excess& excess);

}  // namespace tocsin::templating
