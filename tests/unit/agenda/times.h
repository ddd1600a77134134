// Times and schedules in the words of the tests.
#pragma once

#include "calendar/schedule.h"

namespace tocsin::test {

inline WallTime utc(const char* text) {
    return parse_iso8601(text).value();
}

inline LocalMinute wall(const char* text) {
    return parse_local(text).value();
}

inline Schedule at(const char* local, const char* zone = "Europe/London") {
    Schedule schedule;
    schedule.at = wall(local);
    schedule.zone = Zone::find(zone).value();
    return schedule;
}

inline Schedule every(const char* expression, const char* zone = "Europe/London") {
    Schedule schedule;
    schedule.every = std::get<CronExpression>(CronExpression::parse(expression));
    schedule.zone = Zone::find(zone).value();
    return schedule;
}

}  // namespace tocsin::test
