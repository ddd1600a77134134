#include "delivery/witness_number.h"

#include <charconv>

namespace tocsin {

std::optional<std::int64_t> witness_number(std::string_view text) {
    constexpr std::size_t kMostDigits = 18;  // what every int64 can take, and twice that, too
    if (text.empty() || text.size() > kMostDigits) return std::nullopt;
    if (text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace tocsin
