// When a campaign goes out: `schedule:` of a campaign file (docs/scheduling.md). Pure: nothing here
// reads a clock.
#pragma once

#include <bitset>
#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "calendar/cron_expression.h"
#include "calendar/local_time.h"
#include "calendar/zone.h"

namespace tocsin {

// `window: 08:00-20:00`, from minute to minute of the local day; past midnight where it ends before
// it begins, and is then of the day on which it began. It never opens where both are the same.
//
// Both ends are instants as Zone::instant() has them. So a window that begins in a skipped hour
// opens at the hour's end, one that ends in it closes there, and one that lies in it does not open
// that day. In a doubled hour the first showing counts: a window that ends in it closes once and
// does not open again at the second showing; one that begins in it stays open all through that.
struct Window {
    std::chrono::minutes from{0};
    std::chrono::minutes to{24 * 60};  // itself outside
    friend bool operator==(const Window&, const Window&) = default;
};

// By std::chrono::weekday::c_encoding(): 0 is Sunday.
using Weekdays = std::bitset<7>;

struct Schedule {
    std::optional<LocalMinute> at;  // exactly one of these two
    std::optional<CronExpression> every;
    Zone zone;                  // the campaign's
    bool by_recipient = false;  // each person's own zone counts; who has none goes by `zone`
    std::optional<Window> window;
    Weekdays days = Weekdays().set();
    std::optional<LocalMinute> not_after;  // in `zone`
    std::optional<Milliseconds> grace;     // how late it may begin; else tocsin.yaml's

    // Equal schedules give equal texts, others do not: what a ledger remembers of one.
    std::string text() const;
    friend bool operator==(const Schedule&, const Schedule&) = default;
};

// One time that a schedule names. `name` is its local time in the campaign's zone
// ("2026-12-01T09:00"), which is the second half of the name of a mailing of a recurring campaign.
struct Occurrence {
    std::string name;
    LocalMinute local{};
    WallTime time{};
};

// The first of `every` later than `after`, by the zone; nothing where `not_after` ends them, or
// without `every`. A skipped hour gives one occurrence at its end, named after that; a doubled hour
// is taken once.
std::optional<Occurrence> next_occurrence(const Schedule& schedule, WallTime after);
// The one that is called so, exactly, or nothing.
std::optional<Occurrence> find_occurrence(const Schedule& schedule, const std::string& name);

// The first time, not before `from`, at which window and days let mail go, by the clocks of
// `zone`; nothing where that never happens again. `not_after` does not count here.
std::optional<WallTime> opening(const Schedule& schedule, const Zone& zone, WallTime from);
bool is_open(const Schedule& schedule, const Zone& zone, WallTime at);
// The first time after `from`, at which it is open, when it is not any more; nothing where it never
// closes. Where it is closed at `from`: the end of the next time that it is open, if any.
std::optional<WallTime> closing(const Schedule& schedule, const Zone& zone, WallTime from);

// The moment after which nothing of the mailing may begin by itself.
std::optional<WallTime> end_of(const Schedule& schedule);

// When the mailing that begins at `local` comes due for the first of its people: in the campaign's
// zone, or with `by_recipient` in the zone where it is that late first (UTC+14), so that it is due
// nowhere earlier; where window and days let it, or as if there were none where they never do.
WallTime earliest_due(const Schedule& schedule, LocalMinute local);
// When clocks show this where they show it first: at UTC+14.
WallTime first_on_earth(LocalMinute local);
// The same as earliest_due for people of one zone.
std::optional<WallTime> due_in(const Schedule& schedule, LocalMinute local, const Zone& zone);

}  // namespace tocsin
