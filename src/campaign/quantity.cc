#include "campaign/quantity.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tocsin {

std::optional<std::int64_t> plain_number(std::string_view text) {
    bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || (text.size() > 1 && text[0] == '0')) return std::nullopt;
    std::int64_t number = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} ? std::min(number, kMostQuantity) : kMostQuantity;
}

const TimeUnit* unit_called(std::span<const TimeUnit> units, std::string_view name) {
    for (const TimeUnit& unit : units) {
        if (unit.name == name) return &unit;
    }
    return nullptr;
}

const TimeUnit* unit_meant(std::span<const TimeUnit> units, std::string_view word) {
    std::string lower = ascii_lower(trim(word));
    if (lower.empty() || lower.starts_with("mo")) return nullptr;  // a month is no unit of ours
    for (const TimeUnit& unit : units) {
        if (unit.name[0] == lower[0]) return &unit;
    }
    return nullptr;
}

}  // namespace tocsin
