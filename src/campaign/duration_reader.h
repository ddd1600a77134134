// Reads how long something lasts: `30 seconds`, `90 minutes`, `6 hours`, `2 days`, `1 week`.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "campaign/node.h"

namespace tocsin {

// A duration and the words that messages have for it.
struct NamedDuration {
    Milliseconds length;
    std::string_view words;
};

std::optional<Milliseconds> read_duration(const Node& node, const NamedDuration& least,
                                          const NamedDuration& most);

}  // namespace tocsin
