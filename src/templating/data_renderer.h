// Renders a tree with data alone: the command `render`.
#pragma once

#include <string>
#include <vector>

#include "model/value.h"
#include "templating/node.h"
#include "templating/template_set.h"

namespace tocsin::templating {

// Names that mean nothing render nothing. Throws RenderLimit.
std::string render_tree(const std::vector<Node>& tree, const Value& data, Escape escape);

}  // namespace tocsin::templating
