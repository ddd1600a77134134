#include "templating/loader.h"

#include "templating/expander.h"
#include "templating/partials.h"
#include "templating/rings.h"

namespace tocsin::templating {
namespace {

// Rings are run as deep as the result stays within bounds: a partial that includes itself twice
// doubles with every step.
constexpr std::size_t kDeepestRing = 32;

}  // namespace

std::optional<std::vector<Node>> load_tree(Sources& sources, const PartialSource& source,
                                           const LoadOptions& options, Findings& findings) {
    std::size_t errors_before = findings.errors();
    Partials partials = read_partials(sources, source, options, findings);
    if (findings.errors() > errors_before) return std::nullopt;

    Excess excess;
    bool rings = !find_rings(partials).empty();
    for (std::size_t depth = rings ? kDeepestRing : 1; depth > 0; depth /= 2) {
        if (auto tree = expand(sources, partials, depth, excess)) return tree;
    }
    sources.error(findings, excess.spot, excess.id, excess.message,
                  "include fewer partials in partials");
    return std::nullopt;
}

}  // namespace tocsin::templating
