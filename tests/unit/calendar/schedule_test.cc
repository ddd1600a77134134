#include "calendar/schedule.h"

#include <doctest/doctest.h>
#include <set>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

Schedule once(const std::string& at, const std::string& in) {
    Schedule schedule;
    schedule.at = local(at);
    schedule.zone = zone(in);
    return schedule;
}

}  // namespace

TEST_CASE("a schedule as a text") {
    CHECK(once("2026-12-01 09:00", "Europe/London").text() ==
          "at 2026-12-01T09:00; timezone Europe/London");
    Schedule all = every("0 9 * * MON", "Europe/London");
    all.by_recipient = true;
    all.window = window(8, 0, 24, 0);
    all.days = days({0, 1, 6});
    all.not_after = local("2027-01-01 00:00");
    all.grace = std::chrono::hours(6);
    CHECK(all.text() ==
          "every 0 9 * * mon; timezone recipient, Europe/London; window 08:00-24:00; "
          "days mon,sat,sun; not_after 2027-01-01T00:00; grace 21600000 ms");
}

TEST_CASE("whatever is set differently, the text differs") {
    const Schedule base = once("2026-12-01 09:00", "Europe/London");
    std::set<std::string> texts = {base.text()};
    auto differs = [&](auto change) {
        Schedule other = base;
        change(other);
        CHECK_FALSE(other == base);
        CHECK(texts.insert(other.text()).second);
    };
    differs([](Schedule& s) { s.at = local("2026-12-01T09:01"); });
    differs([](Schedule& s) { s.at.reset(), s.every = cron("0 9 1 12 *"); });
    differs([](Schedule& s) { s.zone = zone("Europe/Dublin"); });
    differs([](Schedule& s) { s.by_recipient = true; });
    differs([](Schedule& s) { s.window = Window(); });
    differs([](Schedule& s) { s.window = window(8, 0, 20, 0); });
    differs([](Schedule& s) { s.window = window(8, 0, 20, 1); });
    differs([](Schedule& s) { s.days.reset(0); });
    differs([](Schedule& s) { s.days.reset(); });
    differs([](Schedule& s) { s.not_after = local("2026-12-02T09:00"); });
    differs([](Schedule& s) { s.grace = Milliseconds(0); });
    differs([](Schedule& s) { s.grace = Milliseconds(1); });
    CHECK(Schedule(base) == base);
    CHECK(Schedule(base).text() == base.text());
}

TEST_CASE("the end is in the campaign's zone") {
    Schedule schedule = once("2026-12-01 09:00", "America/New_York");
    CHECK(text(end_of(schedule)) == "-");
    schedule.not_after = local("2026-12-02T09:00");
    CHECK(text(end_of(schedule)) == "2026-12-02T14:00:00Z");
    schedule.by_recipient = true;
    CHECK(text(end_of(schedule)) == "2026-12-02T14:00:00Z");
}

TEST_CASE("a mailing comes due at its local time, or when window and days let it") {
    Schedule schedule = once("2026-12-05 07:00", "Europe/London");
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-12-05T07:00:00Z");
    schedule.window = window(8, 0, 20, 0);
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-12-05T08:00:00Z");
    schedule.days = days({1, 2, 3, 4, 5});
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-12-07T08:00:00Z");
    CHECK(text(due_in(schedule, *schedule.at, schedule.zone)) == "2026-12-07T08:00:00Z");
    CHECK(text(due_in(schedule, *schedule.at, zone("Asia/Tokyo"))) == "2026-12-06T23:00:00Z");
}

TEST_CASE("by recipient it comes due first where it is that late first") {
    Schedule schedule = once("2026-12-01 09:00", "Europe/London");
    schedule.by_recipient = true;
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-11-30T19:00:00Z");
    CHECK(text(due_in(schedule, *schedule.at, zone("Pacific/Kiritimati"))) ==
          "2026-11-30T19:00:00Z");
    CHECK(text(due_in(schedule, *schedule.at, zone("Etc/GMT+12"))) == "2026-12-01T21:00:00Z");
}

TEST_CASE("where window and days never let it, it is due as if there were none") {
    Schedule schedule = once("2026-12-01 09:00", "Europe/London");
    schedule.days.reset();
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-12-01T09:00:00Z");
    CHECK(text(due_in(schedule, *schedule.at, schedule.zone)) == "-");
    schedule.by_recipient = true;
    CHECK(iso8601(earliest_due(schedule, *schedule.at)) == "2026-11-30T19:00:00Z");
}

TEST_CASE("an `at` in a skipped hour is due at its end, one in a doubled hour at the first") {
    CHECK(iso8601(earliest_due(once("2027-03-28 01:30", "Europe/London"),
                               local("2027-03-28T01:30"))) == "2027-03-28T01:00:00Z");
    CHECK(iso8601(earliest_due(once("2026-10-25 01:30", "Europe/London"),
                               local("2026-10-25T01:30"))) == "2026-10-25T00:30:00Z");
}

TEST_CASE("in no zone is anybody due before the earliest") {
    for (auto name : {"Pacific/Kiritimati", "Pacific/Apia", "Pacific/Chatham", "Europe/London",
                      "Australia/Lord_Howe", "America/St_Johns", "Etc/GMT+12", "Africa/Cairo"}) {
        const Zone there = zone(name);
        for (LocalMinute at = local("2026-03-28T00:00"); at < local("2026-04-06T00:00");
             at += std::chrono::minutes(25)) {
            Schedule schedule = once(shown(at), "Europe/London");
            schedule.by_recipient = true;
            for (const Window& open : {window(0, 0, 24, 0), window(1, 30, 2, 30),
                                       window(22, 0, 1, 30), window(2, 30, 1, 45)}) {
                schedule.window = open;
                const auto due = due_in(schedule, at, there);
                REQUIRE(due);
                REQUIRE(*due >= earliest_due(schedule, at));
            }
        }
    }
}
