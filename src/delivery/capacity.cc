#include "delivery/capacity.h"

#include <algorithm>
#include <optional>

#include "delivery/rates/warm_up_limiter.h"
#include "delivery/slots.h"

namespace tocsin {
namespace {

using std::chrono::days;

std::int64_t within(const Slots& slots, std::span<const OpenTime> open, std::int64_t most) {
    std::int64_t mails = 0;
    for (const OpenTime& time : open) {
        if (mails == most) break;
        mails += slots.within(time.to - time.from, most - mails);
    }
    return mails;
}

// What each day of a warm-up has left, by UTC.
class WarmUpDays {
  public:
    explicit WarmUpDays(const WarmUp& warm_up) : warm_up_(warm_up) {}

    // How many of `most` the day of `at` allows; they are taken.
    std::int64_t take(WallTime at, std::int64_t most) {
        const auto day = std::chrono::floor<days>(at);
        if (day != day_) left_ = step_of(warm_up_, day);
        day_ = day;
        if (!left_) return most;
        const std::int64_t mails = std::min(*left_, most);
        *left_ -= mails;
        return mails;
    }

  private:
    const WarmUp& warm_up_;
    std::optional<std::chrono::sys_days> day_;
    std::optional<std::int64_t> left_;
};

std::int64_t within_warm_up(const Slots& slots, const WarmUp& warm_up,
                            std::span<const OpenTime> open, std::int64_t most) {
    WarmUpDays steps(warm_up);
    std::int64_t mails = 0;
    for (const OpenTime& time : open) {
        for (WallTime at = time.from; at < time.to && mails < most;) {
            const WallTime midnight = std::chrono::floor<days>(at) + days(1);
            const WallTime end = std::min(midnight, time.to);
            mails += steps.take(at, slots.within(end - at, most - mails));
            at = end;
        }
    }
    return mails;
}

}  // namespace

std::int64_t capacity(const RunRates& rates, const DomainGroups& groups, const MailsByGroup& mails,
                      std::span<const OpenTime> open) {
    std::int64_t by_group = 0;
    for (const auto& [group, count] : mails) {
        by_group += within(Slots(groups.rates(group)), open, count);
    }
    const Slots shared(rates);
    return rates.limits.warm_up ? within_warm_up(shared, *rates.limits.warm_up, open, by_group)
                                : within(shared, open, by_group);
}

}  // namespace tocsin
