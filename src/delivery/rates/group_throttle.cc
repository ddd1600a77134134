#include "delivery/rates/group_throttle.h"

#include "base/text.h"

namespace tocsin {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Microseconds kFirstPause = seconds(30);
constexpr Microseconds kLongestPause = minutes(10);

}  // namespace

void GroupThrottle::refused(Microseconds begun, Microseconds now) {
    clean_ = 0;
    if (begun <= halved_) return;
    halved_ = now;
    allowed_ = std::max<std::int64_t>(allowed_.value_or(usual_) / 2, 1);
    // 30 s × 2^5 is past the longest already.
    paused_until_ = now + std::min(kLongestPause, kFirstPause * (1 << std::min(pauses_++, 5)));
}

bool GroupThrottle::accepted() {
    if (!allowed_ || ++clean_ < std::clamp<std::int64_t>(*allowed_, 5, 50)) return false;
    clean_ = 0;
    *allowed_ += std::max<std::int64_t>(*allowed_ / 10, 1);
    if (*allowed_ >= usual_) {
        allowed_.reset();
        pauses_ = 0;
    }
    return true;
}

std::optional<Rate> GroupThrottle::rate() const {
    if (!allowed_) return std::nullopt;
    return Rate{*allowed_, minutes(1)};
}

std::string GroupThrottle::text() const {
    return allowed_ ? "slowed to " + shown_rate(*allowed_) : "";
}

std::string shown_rate(std::int64_t per_minute) {
    if (per_minute < 60) return std::to_string(per_minute) + "/min";
    std::int64_t tenths = (per_minute + 3) / 6;
    std::string text = grouped(static_cast<std::size_t>(tenths / 10));
    if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
    return text + "/s";
}

}  // namespace tocsin
