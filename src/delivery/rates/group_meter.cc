#include "delivery/rates/group_meter.h"

namespace tocsin {
namespace {

constexpr Microseconds kStep = std::chrono::seconds(5);
constexpr Microseconds kMinute = std::chrono::minutes(1);

}  // namespace

void GroupMeter::count(Microseconds at) {
    if (!first_) first_ = at;
    std::int64_t step = std::max(at / kStep, newest_);
    for (std::int64_t fresh = std::max(newest_ + 1, step - kSteps + 1); fresh <= step; ++fresh) {
        counts_[static_cast<std::size_t>(fresh % kSteps)] = 0;
    }
    newest_ = step;
    ++counts_[static_cast<std::size_t>(step % kSteps)];
}

std::int64_t GroupMeter::per_minute(Microseconds now) const {
    if (!first_) return 0;
    std::int64_t sum = 0;
    std::int64_t oldest = std::max<std::int64_t>(now / kStep - kSteps + 1, 0);
    for (std::int64_t step = oldest; step <= newest_; ++step) {
        sum += counts_[static_cast<std::size_t>(step % kSteps)];
    }
    return sum * kMinute.count() / std::clamp(now - *first_, kStep, kMinute).count();
}

}  // namespace tocsin
