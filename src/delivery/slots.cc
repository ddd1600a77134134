#include "delivery/slots.h"

#include <algorithm>
#include <span>

namespace tocsin {
namespace {

// `rates`: by_period().
Microseconds last_slot(std::span<const Rate> rates, std::int64_t mails) {
    if (rates.empty()) return Microseconds{0};
    const Rate& longest = rates.back();
    Microseconds period = longest.period;
    Microseconds windows = (mails - 1) / longest.count * period;
    std::int64_t rest = (mails - 1) % longest.count;
    if (rates.size() == 1) {  // the pace: its window is spread
        return windows + Microseconds(rest * period.count() / longest.count);
    }
    auto shorter = rates.first(rates.size() - 1);
    return std::max(last_slot(shorter, mails), windows + last_slot(shorter, rest + 1));
}

}  // namespace

Microseconds Slots::last(std::int64_t mails) const {
    Microseconds last{0};
    for (const Rates& rates : limits_) last = std::max(last, last_slot(rates, mails));
    return last;
}

std::int64_t Slots::within(Microseconds length, std::int64_t most) const {
    std::int64_t sure = 0, above = most + 1;
    while (above - sure > 1) {
        std::int64_t middle = sure + (above - sure) / 2;
        (last(middle) < length ? sure : above) = middle;
    }
    return sure;
}

}  // namespace tocsin
