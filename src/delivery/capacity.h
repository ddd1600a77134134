// How many mails can leave while a schedule lets them: what `check` holds against the audience.
#pragma once

#include <cstdint>
#include <span>

#include "base/clock.h"
#include "delivery/duration.h"

namespace tocsin {

// From `from` on, and before `to`.
struct OpenTime {
    WallTime from{};
    WallTime to{};
};

// The most of `mails` that can leave in these times, which are in order and do not overlap, if
// nothing of the limits is spent when each of them begins. Never too few, as `duration` is never
// too long.
std::int64_t capacity(const RunRates& rates, const DomainGroups& groups, const MailsByGroup& mails,
                      std::span<const OpenTime> open);

}  // namespace tocsin
