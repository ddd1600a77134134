#include "delivery/rates/rate_meter.h"

namespace tocsin {
namespace {

std::int64_t step_of(Microseconds at) {
    return at / std::chrono::seconds(5);
}

}  // namespace

void RateMeter::count(Microseconds at) {
    std::int64_t step = std::max(step_of(at), newest_);
    for (std::int64_t fresh = std::max(newest_ + 1, step - kSteps + 1); fresh <= step; ++fresh) {
        counts_[static_cast<std::size_t>(fresh % kSteps)] = 0;
    }
    newest_ = step;
    ++counts_[static_cast<std::size_t>(step % kSteps)];
}

std::int64_t RateMeter::last_minute(Microseconds now) const {
    std::int64_t sum = 0;
    std::int64_t oldest = std::max<std::int64_t>(step_of(now) - kSteps + 1, 0);
    for (std::int64_t step = std::max(oldest, newest_ - kSteps + 1); step <= newest_; ++step) {
        if (step >= 0) sum += counts_[static_cast<std::size_t>(step % kSteps)];
    }
    return sum;
}

}  // namespace tocsin
