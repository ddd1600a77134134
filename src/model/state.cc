#include "model/state.h"

#include <numeric>

namespace tocsin {

std::string_view name(State state) {
    constexpr std::array<std::string_view, kStates> kNames = {
        "planned", "skipped", "sending", "accepted", "deferred", "rejected", "in_doubt", "expired"};
    return kNames.at(static_cast<std::size_t>(state));
}

std::string_view name(SkipReason reason) {
    constexpr std::array<std::string_view, kSkipReasons> kNames = {
        "", "suppressed", "excluded", "invalid", "broken", "cancelled"};
    return kNames.at(static_cast<std::size_t>(reason));
}

bool Counts::adds_up() const {
    return std::accumulate(states.begin(), states.end(), std::size_t{0}) == total &&
           std::accumulate(skipped.begin(), skipped.end(), std::size_t{0}) == of(State::kSkipped);
}

}  // namespace tocsin
