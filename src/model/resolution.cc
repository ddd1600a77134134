#include "model/resolution.h"

#include <array>

namespace tocsin {

std::string_view name(Resolution resolution) {
    constexpr std::array<std::string_view, 4> kNames = {"hold", "resend", "accept", "reject"};
    return kNames.at(static_cast<std::size_t>(resolution));
}

}  // namespace tocsin
