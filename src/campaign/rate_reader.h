// Reads how fast mail may leave: `20/s`, or a list of such rates that all hold.
#pragma once

#include "campaign/node.h"
#include "model/limits.h"

namespace tocsin {

// In the order of the file, no two with the same period; without those that are wrong.
Rates read_rates(const Node& node);

}  // namespace tocsin
