// Names that merge fields and lambdas have of themselves: neither a column nor a datum may be
// called so.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace tocsin {

inline constexpr std::array<std::string_view, 7> kBuiltinNames = {
    "email", "unsubscribe_url", "view_url", "organisation", "campaign", "capitalize", "urlencode"};

inline bool is_builtin_name(std::string_view name) {
    return std::find(kBuiltinNames.begin(), kBuiltinNames.end(), name) != kBuiltinNames.end();
}

}  // namespace tocsin
