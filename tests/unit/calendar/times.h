// Times as tests write them.
#pragma once

#include <doctest/doctest.h>
#include <string>

#include "base/clock.h"
#include "calendar/cron_expression.h"
#include "calendar/local_time.h"
#include "calendar/schedule.h"
#include "calendar/zone.h"

namespace tocsin::testing {

// local("2026-12-01 09:00")
inline LocalMinute local(const std::string& text) {
    auto time = parse_local(text);
    REQUIRE(time);
    return *time;
}

// utc("2026-12-01T09:00:00Z")
inline WallTime utc(const std::string& text) {
    auto time = parse_iso8601(text);
    REQUIRE(time);
    return *time;
}

inline Zone zone(const std::string& name) {
    auto found = Zone::find(name);
    REQUIRE(found);
    return *found;
}

inline CronExpression cron(const std::string& text) {
    auto parsed = CronExpression::parse(text);
    REQUIRE(std::holds_alternative<CronExpression>(parsed));
    return std::get<CronExpression>(parsed);
}

inline CronExpression::Fault fault(const std::string& text) {
    auto parsed = CronExpression::parse(text);
    REQUIRE(std::holds_alternative<CronExpression::Fault>(parsed));
    return std::get<CronExpression::Fault>(parsed);
}

// "-" for never.
inline std::string text(std::optional<WallTime> time) {
    return time ? iso8601(*time) : "-";
}

inline Window window(int from_hour, int from_minute, int to_hour, int to_minute) {
    return {std::chrono::hours(from_hour) + std::chrono::minutes(from_minute),
            std::chrono::hours(to_hour) + std::chrono::minutes(to_minute)};
}

inline Weekdays days(std::initializer_list<int> from_sunday) {
    Weekdays days;
    for (int day : from_sunday) days.set(static_cast<std::size_t>(day));
    return days;
}

inline Schedule every(const std::string& expression, const std::string& in) {
    Schedule schedule;
    schedule.every = cron(expression);
    schedule.zone = zone(in);
    return schedule;
}

}  // namespace tocsin::testing
