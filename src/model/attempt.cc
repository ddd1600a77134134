#include "model/attempt.h"

#include <array>

namespace tocsin {

std::string_view name(Phase phase) {
    constexpr std::array<std::string_view, 6> kNames = {"connect", "mail", "rcpt",
                                                        "data",    "body", "end of data"};
    return kNames.at(static_cast<std::size_t>(phase));
}

}  // namespace tocsin
