// Asks a provider once more about a request of an earlier run: with the same key and body, and the
// credentials of now.
#pragma once

#include <vector>

#include "base/clock.h"
#include "transport/http/limits.h"
#include "transport/http/outstanding.h"
#include "transport/provider/provider.h"

namespace tocsin {

// What became of each mail, in their order; waits for it. Asks once, or up to three times where the
// provider says that it is at work on the request. kUnclear, or no verdict, where nobody knows
// still. None where the account is another one now.
std::vector<Attempt> repeat(const Provider& provider, const OutstandingRequest& request,
                            const HttpLimits& limits, const Clock& clock);

}  // namespace tocsin
