// Reads the single values of a schedule: times, zones, windows, days, cron expressions. Each
// returns nothing after it has added a finding.
#pragma once

#include <optional>

#include "calendar/schedule.h"
#include "campaign/node.h"

namespace tocsin {

// "2026-12-01 09:00", a `T` in the middle, too.
std::optional<LocalMinute> read_local_time(const Node& node);

// The name of a time zone, as the system's tz database writes it.
std::optional<Zone> read_zone(const Node& node);

// "08:00-20:00"; "22:00-06:00" goes past midnight, "24:00" is the end of the day.
std::optional<Window> read_window(const Node& node);

// "mon-fri", "sat,sun", "mon-wed,fri", or a list of such.
std::optional<Weekdays> read_weekdays(const Node& node);

// A fault stands at its character.
std::optional<CronExpression> read_cron(const Node& node);

// How late a mailing may begin: from a minute to 30 days.
std::optional<Milliseconds> read_grace(const Node& node);

}  // namespace tocsin
