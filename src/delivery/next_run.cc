#include "delivery/next_run.h"

#include <algorithm>

#include "delivery/duration.h"

namespace tocsin {
namespace {

using std::chrono::ceil;
using std::chrono::seconds;

// A year of two windows a day.
constexpr std::size_t kMostTimes = 800;

class RunFinder {
  public:
    RunFinder(const Campaign& campaign, Milliseconds grace, WallTime now, Findings& findings)
        : campaign_(campaign),
          definition_(*campaign.schedule),
          schedule_(definition_.schedule),
          grace_(schedule_.grace.value_or(grace)),
          end_(end_of(schedule_)),
          now_(now),
          findings_(findings) {}

    std::optional<NextRun> find() { return schedule_.at ? once(*schedule_.at) : again(); }

  private:
    std::optional<NextRun> once(LocalMinute at) {
        const auto due = due_at(at);
        if (is_too_late(due)) return never_opens(due);
        if (*due < now_) tell_past(*due);
        if (!end_ || *end_ <= now_) return std::nullopt;
        return NextRun{std::max(*due, now_), *end_};
    }

    std::optional<NextRun> again() {
        const auto first = next_occurrence(schedule_, now_);
        const auto due = first ? due_at(first->local) : std::nullopt;
        if (!first || is_too_late(due)) return end_ ? is_over() : never_opens(due);
        const auto second = next_occurrence(schedule_, first->time);
        const auto next = second ? due_at(second->local) : std::nullopt;
        if (next && (!end_ || *next < *end_)) {
            return NextRun{*due, *next, NextRun::End::kNextOccurrence};
        }
        return end_ ? std::optional(NextRun{*due, *end_}) : std::nullopt;
    }

    std::optional<WallTime> due_at(LocalMinute local) const {
        if (schedule_.by_recipient) return earliest_due(schedule_, local);
        return due_in(schedule_, local, schedule_.zone);
    }

    bool is_too_late(const std::optional<WallTime>& due) const {
        return !due || (end_ && *due >= *end_);
    }

    std::optional<NextRun> never_opens(const std::optional<WallTime>& due) {
        const std::string what = openings_of(schedule_);
        findings_.error(
            campaign_.source, definition_.opens.line > 0 ? definition_.opens : definition_.begins,
            "schedule-never",
            "nothing would go out: " + (what.empty() ? "it begins" : what + " let it go") +
                (due ? " first at " + shown(*due) + ", when `not_after` has passed" : " never"),
            due ? "let `not_after` be later" : "");
        return std::nullopt;
    }

    // Where others' clocks count, whose these are is said.
    std::string shown(WallTime time) const {
        const std::string& zone = schedule_.zone.name();
        return shown_in(schedule_.zone, time) +
               (schedule_.by_recipient ? " by the clocks of " + zone : "");
    }

    std::optional<NextRun> is_over() {
        findings_.warning(campaign_.source, definition_.not_after, "schedule-never",
                          "nothing goes out any more: no occurrence is left before `not_after`");
        return std::nullopt;
    }

    std::string ago(WallTime time) const {
        return shown_duration(ceil<seconds>(now_ - time)) + " ago";
    }

    void tell_past(WallTime due) {
        const bool has_ended = end_ && *end_ <= now_;
        const WallTime latest = std::min(due + grace_, end_.value_or(WallTime::max()));
        const std::string by_hand =
            "`tocsin due` leaves it alone; `tocsin send " + campaign_.id + "` sends it by hand";
        findings_.warning(campaign_.source, has_ended ? definition_.not_after : definition_.begins,
                          "schedule-past",
                          has_ended ? "`not_after` was " + ago(*end_) : "`at` was " + ago(due),
                          now_ <= latest ? "`tocsin due` begins it until " +
                                               shown_in(schedule_.zone, latest) + " all the same"
                                         : by_hand);
    }

    const Campaign& campaign_;
    const ScheduleDefinition& definition_;
    const Schedule& schedule_;
    const Milliseconds grace_;
    const std::optional<WallTime> end_;
    const WallTime now_;
    Findings& findings_;
};

}  // namespace

std::optional<NextRun> next_run(const Campaign& campaign, Milliseconds grace, WallTime now,
                                Findings& findings) {
    return RunFinder(campaign, grace, now, findings).find();
}

std::optional<std::vector<OpenTime>> open_times(const Schedule& schedule, const NextRun& run) {
    if (schedule.by_recipient) return std::vector{OpenTime{run.begin, run.end}};
    std::vector<OpenTime> times;
    auto from = opening(schedule, schedule.zone, run.begin);
    while (from && *from < run.end) {
        if (times.size() == kMostTimes) return std::nullopt;
        const auto to = closing(schedule, schedule.zone, *from);
        times.push_back({*from, std::min(to.value_or(run.end), run.end)});
        from = to ? opening(schedule, schedule.zone, *to) : std::nullopt;
    }
    return times;
}

std::string openings_of(const Schedule& schedule) {
    if (schedule.days.all()) return schedule.window ? "`window`" : "";
    return schedule.window ? "`window` and `days`" : "`days`";
}

}  // namespace tocsin
