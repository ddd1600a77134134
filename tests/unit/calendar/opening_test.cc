#include <doctest/doctest.h>
#include <random>
#include <vector>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

Schedule within(std::optional<Window> window, Weekdays days = Weekdays().set()) {
    Schedule schedule;
    schedule.window = window;
    schedule.days = days;
    return schedule;
}

std::string opens(const Schedule& schedule, const std::string& name, const std::string& from) {
    return text(opening(schedule, zone(name), utc(from)));
}

std::string closes(const Schedule& schedule, const std::string& name, const std::string& from) {
    return text(closing(schedule, zone(name), utc(from)));
}

}  // namespace

TEST_CASE("without window and days it is always open") {
    const WallTime now = utc("2026-12-01T09:00:00Z") + Milliseconds(7);
    for (const Schedule& always : {within({}), within(Window())}) {
        CHECK(is_open(always, zone("Europe/London"), now));
        CHECK(opening(always, zone("Europe/London"), now) == now);
        CHECK_FALSE(closing(always, zone("Europe/London"), now));
    }
}

TEST_CASE("a window opens and closes by the clocks of the zone asked for") {
    const Schedule day = within(window(8, 0, 20, 0));
    CHECK(opens(day, "Europe/London", "2026-12-01T03:00:00Z") == "2026-12-01T08:00:00Z");
    CHECK(opens(day, "Europe/London", "2026-07-01T03:00:00Z") == "2026-07-01T07:00:00Z");
    CHECK(opens(day, "America/New_York", "2026-12-01T03:00:00Z") == "2026-12-01T13:00:00Z");
    CHECK(opens(day, "Europe/London", "2026-12-01T12:00:00Z") == "2026-12-01T12:00:00Z");
    CHECK(opens(day, "Europe/London", "2026-12-01T20:00:00Z") == "2026-12-02T08:00:00Z");
    CHECK(closes(day, "Europe/London", "2026-12-01T12:00:00Z") == "2026-12-01T20:00:00Z");
    CHECK(closes(day, "Europe/London", "2026-12-01T20:00:00Z") == "2026-12-02T20:00:00Z");
}

TEST_CASE("a window begins with its first minute and ends before its last") {
    const Schedule day = within(window(8, 0, 20, 0));
    const Zone london = zone("Europe/London");
    const WallTime begin = utc("2026-12-01T08:00:00Z"), end = utc("2026-12-01T20:00:00Z");
    CHECK_FALSE(is_open(day, london, begin - Milliseconds(1)));
    CHECK(is_open(day, london, begin));
    CHECK(is_open(day, london, end - Milliseconds(1)));
    CHECK_FALSE(is_open(day, london, end));
    CHECK(opening(day, london, end - Milliseconds(1)) == end - Milliseconds(1));
}

TEST_CASE("days alone are whole days, and those that touch are one time") {
    const Schedule weekdays = within({}, days({1, 2, 3, 4, 5}));
    CHECK(opens(weekdays, "Europe/London", "2026-12-05T09:00:00Z") == "2026-12-07T00:00:00Z");
    CHECK(closes(weekdays, "Europe/London", "2026-12-07T09:00:00Z") == "2026-12-12T00:00:00Z");
    CHECK(closes(weekdays, "Europe/London", "2026-10-21T09:00:00Z") == "2026-10-23T23:00:00Z");
    const Schedule sundays = within({}, days({0}));
    CHECK(opens(sundays, "Europe/London", "2026-12-01T00:00:00Z") == "2026-12-06T00:00:00Z");
    CHECK(closes(sundays, "Europe/London", "2026-12-01T00:00:00Z") == "2026-12-07T00:00:00Z");
    // 25 hours, and 23.
    CHECK(opens(sundays, "Europe/London", "2026-10-22T00:00:00Z") == "2026-10-24T23:00:00Z");
    CHECK(closes(sundays, "Europe/London", "2026-10-25T12:00:00Z") == "2026-10-26T00:00:00Z");
    CHECK(closes(sundays, "Europe/London", "2027-03-28T12:00:00Z") == "2027-03-28T23:00:00Z");
}

TEST_CASE("a window past midnight is of the day on which it began") {
    const Schedule friday_night = within(window(22, 0, 2, 0), days({5}));
    const Zone utc_zone;
    CHECK(opens(friday_night, "UTC", "2026-12-01T00:00:00Z") == "2026-12-04T22:00:00Z");
    CHECK(is_open(friday_night, utc_zone, utc("2026-12-05T01:59:59Z")));
    CHECK_FALSE(is_open(friday_night, utc_zone, utc("2026-12-05T02:00:00Z")));
    CHECK_FALSE(is_open(friday_night, utc_zone, utc("2026-12-05T23:00:00Z")));
    CHECK_FALSE(is_open(friday_night, utc_zone, utc("2026-12-04T01:00:00Z")));
    CHECK(closes(friday_night, "UTC", "2026-12-05T00:30:00Z") == "2026-12-05T02:00:00Z");
    const Schedule until_midnight = within(window(22, 0, 0, 0));
    CHECK(closes(until_midnight, "UTC", "2026-12-05T23:30:00Z") == "2026-12-06T00:00:00Z");
    CHECK(within(window(22, 0, 24, 0)).window->to == std::chrono::hours(24));
    CHECK(closes(within(window(22, 0, 24, 0)), "UTC", "2026-12-05T23:30:00Z") ==
          "2026-12-06T00:00:00Z");
}

TEST_CASE("what never opens") {
    for (const Schedule& never :
         {within(window(8, 0, 8, 0)), within({}, Weekdays()), within(window(0, 0, 0, 0))}) {
        CHECK(opens(never, "Europe/London", "2026-12-01T00:00:00Z") == "-");
        CHECK(closes(never, "Europe/London", "2026-12-01T00:00:00Z") == "-");
        CHECK_FALSE(is_open(never, zone("Europe/London"), utc("2026-12-01T08:00:00Z")));
    }
}

TEST_CASE("a window that begins, ends or lies in a skipped hour") {
    const std::string night = "2027-03-28T00:00:00Z";  // London skips 01:00 to 02:00
    CHECK(opens(within(window(1, 30, 5, 0)), "Europe/London", night) == "2027-03-28T01:00:00Z");
    CHECK(closes(within(window(1, 30, 5, 0)), "Europe/London", night) == "2027-03-28T04:00:00Z");
    CHECK(closes(within(window(0, 0, 1, 30)), "Europe/London", night) == "2027-03-28T01:00:00Z");
    CHECK(opens(within(window(1, 0, 2, 0)), "Europe/London", night) == "2027-03-29T00:00:00Z");
    // Of the one day of the week: a week later.
    CHECK(opens(within(window(1, 0, 2, 0), days({0})), "Europe/London", night) ==
          "2027-04-04T00:00:00Z");
}

TEST_CASE("a window that touches the next through a skipped hour does not close between") {
    const Schedule all_but_one_hour = within(window(2, 0, 1, 0));
    CHECK(closes(all_but_one_hour, "Europe/London", "2027-03-27T12:00:00Z") ==
          "2027-03-29T00:00:00Z");
}

TEST_CASE("a window that ends in a doubled hour closes once, at the first showing") {
    const Schedule night = within(window(0, 0, 1, 30));  // London doubles 01:00 to 02:00
    const Zone london = zone("Europe/London");
    CHECK(closes(night, "Europe/London", "2026-10-25T00:00:00Z") == "2026-10-25T00:30:00Z");
    CHECK_FALSE(is_open(night, london, utc("2026-10-25T01:10:00Z")));
    CHECK(opens(night, "Europe/London", "2026-10-25T00:30:00Z") == "2026-10-26T00:00:00Z");
}

TEST_CASE("a window that begins in a doubled hour opens once, at the first showing") {
    const Schedule morning = within(window(1, 30, 5, 0));
    const Zone london = zone("Europe/London");
    CHECK(opens(morning, "Europe/London", "2026-10-24T23:00:00Z") == "2026-10-25T00:30:00Z");
    CHECK(is_open(morning, london, utc("2026-10-25T01:10:00Z")));
    CHECK(closes(morning, "Europe/London", "2026-10-25T00:30:00Z") == "2026-10-25T05:00:00Z");
    const Schedule within_it = within(window(1, 0, 2, 0));
    CHECK(closes(within_it, "Europe/London", "2026-10-25T00:30:00Z") == "2026-10-25T02:00:00Z");
}

TEST_CASE("a day that a zone skipped does not open") {
    const Schedule fridays = within(window(8, 0, 20, 0), days({5}));
    CHECK(opens(fridays, "Pacific/Apia", "2011-12-28T12:00:00Z") == "2012-01-05T18:00:00Z");
    const Schedule whole_fridays = within({}, days({5}));
    CHECK(opens(whole_fridays, "Pacific/Apia", "2011-12-28T12:00:00Z") == "2012-01-05T10:00:00Z");
    const Schedule weekdays = within({}, days({1, 2, 3, 4, 5}));
    CHECK(closes(weekdays, "Pacific/Apia", "2011-12-29T12:00:00Z") == "2011-12-30T10:00:00Z");
    // Thursday's window that would have ended on the day that was not there.
    CHECK(closes(within(window(22, 0, 6, 0), days({4})), "Pacific/Apia", "2011-12-30T08:30:00Z") ==
          "2011-12-30T10:00:00Z");
}

namespace {

// The rule in a reader's words: open by what the clock on the wall shows, and at the second showing
// of an hour as at the last minute of its first.
bool is_open_by_the_wall(const Schedule& schedule, const Zone& zone, WallTime at) {
    LocalMinute now = zone.local(at);
    while (zone.instant(now) + std::chrono::minutes(1) <= at) now += std::chrono::minutes(1);
    if (zone.instant(now) > at) now -= std::chrono::minutes(1);
    const auto today = std::chrono::floor<std::chrono::days>(now);
    const Window window = schedule.window.value_or(Window());
    for (auto day : {today - std::chrono::days(1), today}) {
        auto end = window.to + std::chrono::hours(window.to < window.from ? 24 : 0);
        bool counts = schedule.days.test(std::chrono::weekday(day).c_encoding());
        if (counts && now >= day + window.from && now < day + end) return true;
    }
    return false;
}

Schedule made_up(std::mt19937& random) {
    auto time = [&random] {
        // Around the changes, mostly.
        const bool is_night = random() % 3 != 0;
        return std::chrono::minutes(random() % (is_night ? 5 * 60 : 24 * 60) / 5 * 5);
    };
    Schedule schedule;
    if (random() % 8 != 0) schedule.window = Window{time(), time()};
    if (random() % 3 == 0) schedule.days = Weekdays(random());
    return schedule;
}

// What does not hold at `at`, knowing that all holds later; empty where all does.
std::string fault_at(const Schedule& schedule, const Zone& zone, WallTime at) {
    const WallTime next = at + std::chrono::minutes(1);
    const bool open = is_open(schedule, zone, at);
    if (open != is_open_by_the_wall(schedule, zone, at)) return "is_open";
    const auto opens = open ? std::optional(at) : opening(schedule, zone, next);
    if (opening(schedule, zone, at) != opens) return "opening";
    const bool closes = open && !is_open(schedule, zone, next);
    if (closing(schedule, zone, at) != (closes ? next : closing(schedule, zone, next))) {
        return "closing";
    }
    return "";
}

void walk(const Schedule& schedule, const Zone& zone, WallTime from, WallTime last) {
    for (WallTime at = last; at >= from; at -= std::chrono::minutes(1)) {
        const std::string fault = fault_at(schedule, zone, at);
        if (!fault.empty()) FAIL(fault << " at " << iso8601(at));
    }
}

}  // namespace

TEST_CASE("minute by minute over the changes: is_open, opening and closing say the same") {
    struct Change {
        const char *zone, *from, *last;
    };
    std::mt19937 random(11);
    for (const Change& change : std::vector<Change>{
             {"Europe/London", "2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"},
             {"Europe/London", "2027-03-27T20:00:00Z", "2027-03-28T08:00:00Z"},
             {"America/New_York", "2026-11-01T02:00:00Z", "2026-11-01T12:00:00Z"},
             {"America/New_York", "2027-03-14T02:00:00Z", "2027-03-14T12:00:00Z"},
             {"Australia/Lord_Howe", "2026-04-04T10:00:00Z", "2026-04-04T20:00:00Z"},
             {"Australia/Lord_Howe", "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z"},
             {"Atlantic/Azores", "2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"},
             {"America/Havana", "2026-11-01T00:00:00Z", "2026-11-01T10:00:00Z"},
             {"America/Santiago", "2026-04-05T00:00:00Z", "2026-04-05T08:00:00Z"},
             {"Africa/Cairo", "2026-04-23T18:00:00Z", "2026-04-24T04:00:00Z"},
             {"Pacific/Apia", "2011-12-30T02:00:00Z", "2011-12-30T18:00:00Z"},
             {"Europe/London", "2026-07-03T18:00:00Z", "2026-07-06T02:00:00Z"}}) {
        const Zone there = zone(change.zone);
        for (int i = 0; i < 15; ++i) {
            const Schedule schedule = made_up(random);
            CAPTURE(change.zone);
            CAPTURE(schedule.text());
            walk(schedule, there, utc(change.from), utc(change.last));
        }
    }
}
