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

// As people type it on a command line: `90`, which is seconds, `90s`, `10min`, `10m`, `2h`,
// `2 hours`. Nothing where it is none, or none at all: `0`.
std::optional<Milliseconds> parse_typed_duration(std::string_view text);

std::optional<Milliseconds> read_duration(const Node& node, const NamedDuration& least,
                                          const NamedDuration& most);

}  // namespace tocsin
