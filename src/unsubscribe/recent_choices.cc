#include "unsubscribe/recent_choices.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr Milliseconds kRecently = std::chrono::minutes(5);

// To either side: several threads, or a clock that was set, may bring them out of order.
bool is_near(WallTime one, WallTime other) {
    return one < other + kRecently && other < one + kRecently;
}

}  // namespace

bool RecentChoices::repeats(const Leaving& leaving) const {
    auto found = said_.find(leaving.decoded.address_hash);
    if (found == said_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Said& one) {
        return one.token == leaving.token && one.choice == leaving.choice &&
               is_near(one.time, leaving.time);
    });
}

void RecentChoices::note(const Leaving& leaving) {
    if (leaving.choice == Choice::kUndo) {
        said_.erase(leaving.decoded.address_hash);
        return;
    }
    if (said_.size() >= sweep_at_) forget_old(leaving.time);
    auto& said = said_[leaving.decoded.address_hash];
    std::erase_if(said, [&](const Said& one) { return !is_near(one.time, leaving.time); });
    said.push_back({leaving.token, leaving.choice, leaving.time});
}

void RecentChoices::forget_old(WallTime now) {
    std::erase_if(said_, [&](const auto& one) { return !is_near(one.second.back().time, now); });
    sweep_at_ = std::max<std::size_t>(1024, 2 * said_.size());
}

}  // namespace tocsin
