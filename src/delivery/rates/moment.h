// The time of rates: a point on the boot clock, and what is needed to find it again after a reboot.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "base/clock.h"

namespace tocsin {

using Microseconds = std::chrono::microseconds;

// Nothing here reads a clock: whoever calls says when it is.
struct Moment {
    std::string boot_id;  // /proc/sys/kernel/random/boot_id; without blanks, not empty
    Microseconds boot{};  // CLOCK_BOOTTIME
    WallTime wall{};
};

// No slot is handed out for a time further ahead than this.
inline constexpr Microseconds kFarthestAhead = std::chrono::seconds(10);

// A slot that leaves slots of the transport before it unused is given out only so long before its
// time: until then another process may have used them.
inline constexpr Microseconds kNearlyDue = Milliseconds(50);

// How long after its time a slot of a rate with this period may still be used; then it lapses. So
// several processes that share a rate never exceed it in 0.95 periods, however late each is.
inline Microseconds lateness(Microseconds period) {
    return std::min<Microseconds>(period / 20, std::chrono::seconds(1));
}

}  // namespace tocsin
