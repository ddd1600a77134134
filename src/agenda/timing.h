// How one mailing stands towards its schedule. Pure: all that it goes by is given.
#pragma once

#include <optional>
#include <string>

#include "calendar/schedule.h"
#include "ledger/ledger.h"

namespace tocsin {

struct Circumstances {
    const Schedule& schedule;
    LocalMinute begins{};  // `at`, or the occurrence
    Milliseconds grace{};
    ControlState control;  // of the mailing
    ControlState series;   // of all occurrences of its campaign
    bool started = false;  // a mail of it was attempted
    bool finished = false;
    std::optional<WallTime> next_due{};  // of its plan: when somebody may be mailed; see Ledger
    std::optional<WallTime> seen{};      // when `due` last looked after it, since it has begun it
    std::optional<WallTime> last_run{};  // of `due`
};

struct Timing {
    enum class Kind {
        kOver,       // nothing is left to do
        kCancelled,  // the same, for good
        kNotYet,     // comes due at `time`
        kClosed,     // window or days: it opens at `time`
        kWaits,      // for a retry, or somebody's local hour, at `time`
        kDue,        // may go now
        kOverdue,    // so late that somebody must say whether it may still go
        kStale,      // the same, as nobody has looked after it for so long; to be held
        kHeld,       // by a user, the breaker, or as stale
    };
    Kind kind = Kind::kOver;
    std::optional<WallTime> time{};
    std::string reason{};  // of kOverdue, kStale, kHeld: why
};

Timing timing_of(const Circumstances& mailing, WallTime now);

}  // namespace tocsin
