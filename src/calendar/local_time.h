// What a clock on a wall shows, without saying where the wall is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

using LocalMinute = std::chrono::local_time<std::chrono::minutes>;

// "2026-12-01T09:00"
std::string shown(LocalMinute time);
// "2026-12-01T09:00" or "2026-12-01 09:00"; nothing for anything else, an impossible date included.
std::optional<LocalMinute> parse_local(std::string_view text);

}  // namespace tocsin
