#include "agenda/timing.h"

#include <algorithm>

#include "calendar/shown_time.h"

namespace tocsin {
namespace {

using Kind = Timing::Kind;

// Judges from the strictest reason to the mildest: what is held is not asked for its window.
class Judge {
  public:
    Judge(const Circumstances& mailing, WallTime now)
        : mailing_(mailing),
          now_(now),
          due_(earliest_due(mailing.schedule, mailing.begins)),
          released_(mailing.control.control == Control::kOpen ? mailing.control.since
                                                              : WallTime{}) {}

    Timing judge() const {
        if (auto control = controlled()) return *control;
        if (mailing_.finished) return {};
        if (now_ < due_) return {Kind::kNotYet, due_};
        if (auto late = overdue()) return *late;
        if (auto gap = stale()) return *gap;
        return open();
    }

  private:
    bool begun() const { return mailing_.started || mailing_.seen; }

    std::optional<Timing> controlled() const {
        for (const ControlState& control : {mailing_.control, mailing_.series}) {
            if (control.control == Control::kCancelled) return Timing{Kind::kCancelled};
        }
        if (mailing_.finished) return std::nullopt;
        for (const ControlState& control : {mailing_.control, mailing_.series}) {
            if (control.control != Control::kHeld) continue;
            return Timing{Kind::kHeld, std::nullopt, control.reason};
        }
        return std::nullopt;
    }

    std::string shown(WallTime time) const { return shown_with_zone(mailing_.schedule.zone, time); }

    // By the campaign's zone: the earliest person's may be most of a day earlier.
    WallTime begins() const {
        return due_in(mailing_.schedule, mailing_.begins, mailing_.schedule.zone).value_or(due_);
    }

    std::optional<Timing> overdue() const {
        if (auto end = end_of(mailing_.schedule); end && now_ > *end && released_ < *end) {
            return Timing{Kind::kOverdue, std::nullopt, "`not_after` was " + shown(*end)};
        }
        if (begun() || end_of(mailing_.schedule)) return std::nullopt;
        const WallTime latest = std::max(begins(), released_) + mailing_.grace;
        if (now_ <= latest) return std::nullopt;
        return Timing{Kind::kOverdue, std::nullopt,
                      "it was due at " + shown(begins()) + " and nothing began it by " +
                          shown(latest) + unwatched()};
    }

    // Nobody has looked after the workspace for so long that this ledger may be an old copy.
    std::string unwatched() const {
        if (!mailing_.last_run || now_ - *mailing_.last_run <= mailing_.grace) return "";
        return "; `due` last ran at " + shown(*mailing_.last_run) +
               ": if this ledger was put back from a copy, it may have gone out since";
    }

    // When it could first have gone on after `since`. An older copy of the ledger does not know
    // what went out from then on; what comes due, or opens, only now cannot have.
    WallTime first_chance(WallTime since) const {
        const WallTime from = std::max(mailing_.next_due.value_or(due_), since);
        const Schedule& schedule = mailing_.schedule;
        if (schedule.by_recipient) return from;
        return opening(schedule, schedule.zone, from).value_or(from);
    }
    bool may_have_gone(WallTime since) const {
        constexpr std::chrono::minutes kOneRun{1};
        return now_ - since > mailing_.grace && now_ - first_chance(since) >= kOneRun;
    }

    std::optional<Timing> stale() const {
        if (now_ - released_ <= mailing_.grace) return std::nullopt;
        if (mailing_.last_run && may_have_gone(*mailing_.last_run)) {
            return Timing{Kind::kStale, std::nullopt,
                          "`due` last ran at " + shown(*mailing_.last_run) +
                              ": if this ledger was put back from a copy, more may have gone out"};
        }
        if (!mailing_.seen || !may_have_gone(*mailing_.seen)) return std::nullopt;
        return Timing{Kind::kStale, std::nullopt,
                      "it has begun, and nothing looked after it since " + shown(*mailing_.seen)};
    }

    Timing open() const {
        const Schedule& schedule = mailing_.schedule;
        if (!schedule.by_recipient && !is_open(schedule, schedule.zone, now_)) {
            return {Kind::kClosed, opening(schedule, schedule.zone, now_)};
        }
        bool waits = mailing_.next_due && *mailing_.next_due > now_;
        return waits ? Timing{Kind::kWaits, mailing_.next_due} : Timing{Kind::kDue, due_};
    }

    const Circumstances& mailing_;
    const WallTime now_;
    const WallTime due_;
    const WallTime released_;
};

}  // namespace

Timing timing_of(const Circumstances& mailing, WallTime now) {
    return Judge(mailing, now).judge();
}

}  // namespace tocsin
