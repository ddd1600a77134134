// Partials that include each other in a ring.
#pragma once

#include <functional>
#include <vector>

#include "templating/partials.h"

namespace tocsin::templating {

// The includes of one ring, in their order: the last one leads back to the file of the first.
using Ring = std::vector<Include>;

// Rings that together hold every include which closes one; empty if there is none.
std::vector<Ring> find_rings(const Partials& partials);

}  // namespace tocsin::templating
