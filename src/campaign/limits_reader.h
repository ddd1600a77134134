// Reads what keeps a transport from sending too fast, and when a run stops by itself.
#pragma once

#include "campaign/node.h"
#include "model/limits.h"

namespace tocsin {

// The keys `rate`, `warm_up`, `give_up_after` and `domains` of a transport. What is absent or wrong
// keeps its default.
TransportLimits read_limits(const Map& transport);

Breaker read_breaker(const Node& node);

}  // namespace tocsin
