// Makes the tree of one template text: sections with their content, standalone lines removed.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "templating/node.h"
#include "templating/scanner.h"

namespace tocsin::templating {

using SpotOf = std::function<Spot(std::size_t offset)>;

// Partials stay `kPartial` nodes. Errors are added to `problems`; the tree is then good for nothing
// but the partials that it names.
std::vector<Node> parse_template(std::string_view text, const SpotOf& spot_of,
                                 std::vector<Problem>& problems);

}  // namespace tocsin::templating
