#include <doctest/doctest.h>
#include <set>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

// "NAME=INSTANT " of all later than `after`, up to and with `last`.
std::string occurrences(const Schedule& schedule, const std::string& after,
                        const std::string& last) {
    std::string all;
    for (auto next = next_occurrence(schedule, utc(after)); next && next->time <= utc(last);
         next = next_occurrence(schedule, next->time)) {
        CHECK(next->name == shown(next->local));
        all += next->name + "=" + iso8601(next->time).substr(8, 8) + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("an occurrence is named after its local time") {
    const Schedule weekly = every("0 9 * * mon", "America/New_York");
    const auto next = next_occurrence(weekly, utc("2026-12-01T00:00:00Z"));
    REQUIRE(next);
    CHECK(next->name == "2026-12-07T09:00");
    CHECK(next->local == local("2026-12-07T09:00"));
    CHECK(next->time == utc("2026-12-07T14:00:00Z"));
}

TEST_CASE("the next occurrence is later than `after`, to the millisecond") {
    const Schedule weekly = every("0 9 * * mon", "Europe/London");
    const WallTime monday = utc("2026-12-07T09:00:00Z");
    CHECK(next_occurrence(weekly, monday - Milliseconds(1))->time == monday);
    CHECK(next_occurrence(weekly, monday)->name == "2026-12-14T09:00");
    CHECK(next_occurrence(weekly, monday + Milliseconds(1))->name == "2026-12-14T09:00");
}

TEST_CASE("London, the hour that is skipped: one occurrence at its end") {
    CHECK(occurrences(every("*/30 * * * *", "Europe/London"), "2027-03-27T23:59:00Z",
                      "2027-03-28T02:00:00Z") ==
          "2027-03-28T00:00=28T00:00 2027-03-28T00:30=28T00:30 2027-03-28T02:00=28T01:00 "
          "2027-03-28T02:30=28T01:30 2027-03-28T03:00=28T02:00 ");
    CHECK(occurrences(every("30 1 * * *", "Europe/London"), "2027-03-26T12:00:00Z",
                      "2027-03-29T12:00:00Z") ==
          "2027-03-27T01:30=27T01:30 2027-03-28T02:00=28T01:00 2027-03-29T01:30=29T00:30 ");
}

TEST_CASE("London, the hour that comes twice: the first counts") {
    CHECK(occurrences(every("*/30 * * * *", "Europe/London"), "2026-10-24T22:59:00Z",
                      "2026-10-25T03:00:00Z") ==
          "2026-10-25T00:00=24T23:00 2026-10-25T00:30=24T23:30 2026-10-25T01:00=25T00:00 "
          "2026-10-25T01:30=25T00:30 2026-10-25T02:00=25T02:00 2026-10-25T02:30=25T02:30 "
          "2026-10-25T03:00=25T03:00 ");
    CHECK(occurrences(every("30 1 * * *", "Europe/London"), "2026-10-23T12:00:00Z",
                      "2026-10-26T12:00:00Z") ==
          "2026-10-24T01:30=24T00:30 2026-10-25T01:30=25T00:30 2026-10-26T01:30=26T01:30 ");
}

TEST_CASE("New York, both changes") {
    CHECK(occurrences(every("*/30 * * * *", "America/New_York"), "2027-03-14T06:00:00Z",
                      "2027-03-14T08:00:00Z") ==
          "2027-03-14T01:30=14T06:30 2027-03-14T03:00=14T07:00 2027-03-14T03:30=14T07:30 "
          "2027-03-14T04:00=14T08:00 ");
    CHECK(occurrences(every("30 2 * * *", "America/New_York"), "2027-03-13T12:00:00Z",
                      "2027-03-15T12:00:00Z") ==
          "2027-03-14T03:00=14T07:00 2027-03-15T02:30=15T06:30 ");
    CHECK(occurrences(every("*/30 * * * *", "America/New_York"), "2026-11-01T04:30:00Z",
                      "2026-11-01T07:30:00Z") ==
          "2026-11-01T01:00=01T05:00 2026-11-01T01:30=01T05:30 2026-11-01T02:00=01T07:00 "
          "2026-11-01T02:30=01T07:30 ");
    CHECK(occurrences(every("30 1 * * *", "America/New_York"), "2026-10-31T12:00:00Z",
                      "2026-11-02T12:00:00Z") ==
          "2026-11-01T01:30=01T05:30 2026-11-02T01:30=02T06:30 ");
}

TEST_CASE("asked within the second showing of an hour, what came in the first is over") {
    const Schedule half_hourly = every("*/30 * * * *", "Europe/London");
    CHECK(next_occurrence(half_hourly, utc("2026-10-25T01:10:00Z"))->name == "2026-10-25T02:00");
}

TEST_CASE("half an hour skipped, and doubled") {
    CHECK(occurrences(every("*/15 * * * *", "Australia/Lord_Howe"), "2026-10-03T15:00:00Z",
                      "2026-10-03T15:45:00Z") ==
          "2026-10-04T01:45=03T15:15 2026-10-04T02:30=03T15:30 2026-10-04T02:45=03T15:45 ");
    CHECK(occurrences(every("*/15 * * * *", "Australia/Lord_Howe"), "2026-04-04T14:15:00Z",
                      "2026-04-04T15:45:00Z") ==
          "2026-04-05T01:30=04T14:30 2026-04-05T01:45=04T14:45 2026-04-05T02:00=04T15:30 "
          "2026-04-05T02:15=04T15:45 ");
}

TEST_CASE("a day that a zone skipped, at its end, once") {
    CHECK(occurrences(every("0 9,17 * * *", "Pacific/Apia"), "2011-12-29T12:00:00Z",
                      "2011-12-31T12:00:00Z") ==
          "2011-12-29T09:00=29T19:00 2011-12-29T17:00=30T03:00 2011-12-31T00:00=30T10:00 "
          "2011-12-31T09:00=30T19:00 2011-12-31T17:00=31T03:00 ");
}

TEST_CASE("not_after is the last moment of an occurrence") {
    Schedule daily = every("0 9 * * *", "Europe/London");
    daily.not_after = local("2026-12-03T09:00");
    CHECK(occurrences(daily, "2026-12-01T12:00:00Z", "2026-12-31T12:00:00Z") ==
          "2026-12-02T09:00=02T09:00 2026-12-03T09:00=03T09:00 ");
    daily.not_after = local("2026-12-03T08:59");
    CHECK(occurrences(daily, "2026-12-01T12:00:00Z", "2026-12-31T12:00:00Z") ==
          "2026-12-02T09:00=02T09:00 ");
}

TEST_CASE("window and days do not move an occurrence: they only let its mail go") {
    Schedule daily = every("0 7 * * *", "Europe/London");
    daily.window = window(8, 0, 20, 0);
    daily.days = days({6});
    CHECK(next_occurrence(daily, utc("2026-12-01T12:00:00Z"))->name == "2026-12-02T07:00");
}

TEST_CASE("a schedule that does not recur has no occurrences") {
    Schedule once;
    once.at = local("2026-12-01T09:00");
    CHECK_FALSE(next_occurrence(once, utc("2026-01-01T00:00:00Z")));
    CHECK_FALSE(find_occurrence(once, "2026-12-01T09:00"));
}

TEST_CASE("an occurrence is found by its name, and by nothing else") {
    const Schedule weekly = every("0 9 * * mon", "Europe/London");
    const auto found = find_occurrence(weekly, "2026-12-07T09:00");
    REQUIRE(found);
    CHECK(found->name == "2026-12-07T09:00");
    CHECK(found->local == local("2026-12-07T09:00"));
    CHECK(found->time == utc("2026-12-07T09:00:00Z"));
    for (auto name : {"2026-12-07 09:00", "2026-12-07T09:01", "2026-12-08T09:00", "", "monday",
                      "2026-12-07T09:00Z", "2026-12-07"}) {
        CAPTURE(name);
        CHECK_FALSE(find_occurrence(weekly, name));
    }
}

TEST_CASE("a time that the clocks skip is no name, its end is") {
    const Schedule nightly = every("30 1 * * *", "Europe/London");
    CHECK_FALSE(find_occurrence(nightly, "2027-03-28T01:30"));
    REQUIRE(find_occurrence(nightly, "2027-03-28T02:00"));
    CHECK(find_occurrence(nightly, "2027-03-28T02:00")->time == utc("2027-03-28T01:00:00Z"));
    CHECK_FALSE(find_occurrence(nightly, "2027-03-29T02:00"));
    CHECK(find_occurrence(nightly, "2026-10-25T01:30")->time == utc("2026-10-25T00:30:00Z"));
}

TEST_CASE("past not_after there is none to find") {
    Schedule daily = every("0 9 * * *", "Europe/London");
    daily.not_after = local("2026-12-03T09:00");
    CHECK(find_occurrence(daily, "2026-12-03T09:00"));
    CHECK_FALSE(find_occurrence(daily, "2026-12-04T09:00"));
}

TEST_CASE("in a year of any zone: strictly later, each once, each found by its name") {
    for (auto name : {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
                      "Africa/Casablanca", "Atlantic/Azores", "Antarctica/Troll", "UTC"}) {
        for (auto expression : {"*/30 * * * *", "30 0-3 * * *", "0 2 * * sun"}) {
            const Schedule schedule = every(expression, name);
            const WallTime end = utc("2027-02-01T00:00:00Z");
            std::set<std::string> names;
            std::size_t count = 0;
            WallTime before = utc("2026-02-01T00:00:00Z");
            for (auto next = next_occurrence(schedule, before); next && next->time < end;
                 next = next_occurrence(schedule, before)) {
                const auto found = find_occurrence(schedule, next->name);
                const bool fits = next->time > before && found && found->time == next->time &&
                                  schedule.zone.local(next->time) == next->local;
                if (!fits) FAIL(name << " " << next->name);
                names.insert(next->name);
                before = next->time;
                ++count;
            }
            CHECK(names.size() == count);
        }
    }
}

// By the definition: all minutes of the local calendar that match, turned into instants.
TEST_CASE("no match of the local calendar is lost, and none is made up") {
    for (auto name : {"Europe/London", "America/New_York", "Australia/Lord_Howe",
                      "Africa/Casablanca", "Atlantic/Azores", "America/Havana"}) {
        const Schedule schedule = every("7,30,45 0-3,23 * * *", name);
        std::set<WallTime> expected, found;
        const LocalMinute first = local("2026-02-01T00:00"), last = local("2027-04-01T00:00");
        for (LocalMinute time = first; time < last; time = schedule.every->next(time)) {
            expected.insert(schedule.zone.instant(time));
        }
        expected.erase(expected.begin());  // `first` itself
        for (WallTime time = schedule.zone.instant(first);;) {
            time = next_occurrence(schedule, time)->time;
            if (time >= schedule.zone.instant(last)) break;
            found.insert(time);
        }
        CAPTURE(name);
        CHECK(found.size() > 6000);
        CHECK(found == expected);
    }
}
