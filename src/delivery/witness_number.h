// A witness's number as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin {

// Digits alone, at most 18 of them.
std::optional<std::int64_t> witness_number(std::string_view text);

}  // namespace tocsin
