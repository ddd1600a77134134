// "Greylisted, try again in 5 minutes": how long a server asks us to stay away.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

// The time that the text of a reply (ASCII lower case) names, or nothing. Only a number with its
// unit after words that ask for a wait counts, so that a port, a year or a ticket is not taken for
// one: "try again in 300 seconds", "retry after 5 min", "wait 1 hour", "greylisted for 60 sec",
// "come back in 00:05:00".
std::optional<Milliseconds> retry_hint(std::string_view text);

}  // namespace tocsin
