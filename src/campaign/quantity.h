// Numbers with a unit of time behind them, as rates and durations have them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

struct TimeUnit {
    std::string_view name;
    Milliseconds length;
};

// Larger numbers are read as this one: times any unit it is still a number of milliseconds.
inline constexpr std::int64_t kMostQuantity = 10'000'000'000;

// Decimal digits alone: no sign, no blank, no leading zero.
std::optional<std::int64_t> plain_number(std::string_view text);

// The unit with exactly this name, or null.
const TimeUnit* unit_called(std::span<const TimeUnit> units, std::string_view name);

// The unit that a word such as `sec` or `Days` most likely means, or null. For hints only.
const TimeUnit* unit_meant(std::span<const TimeUnit> units, std::string_view word);

}  // namespace tocsin
