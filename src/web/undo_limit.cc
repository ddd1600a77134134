#include "web/undo_limit.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr int kMost = 20;
constexpr Milliseconds kHour = std::chrono::hours(1);

// To either side, so that a clock that was set back locks nobody out.
bool is_over(WallTime began, WallTime now) {
    return now >= began + kHour || began >= now + kHour;
}

}  // namespace

bool UndoLimit::take(const UnsubscribeToken& token, WallTime now) {
    std::lock_guard lock(mutex_);
    if (hours_.size() >= sweep_at_) {
        std::erase_if(hours_, [&](const auto& one) { return is_over(one.second.began, now); });
        sweep_at_ = std::max<std::size_t>(1024, 2 * hours_.size());
    }
    Hour& hour = hours_.try_emplace(token.address_hash, Hour{now}).first->second;
    if (is_over(hour.began, now)) hour = {now};
    return ++hour.undos <= kMost;
}

}  // namespace tocsin
