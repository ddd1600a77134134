#include "delivery/next_run.h"

#include <doctest/doctest.h>

#include "schedule_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kGrace = 6h;

struct Found {
    std::optional<NextRun> run;
    std::string said;
};

Found find(const Schedule& schedule, const char* now) {
    Findings findings;
    auto run = next_run(scheduled_campaign(schedule), kGrace, utc(now), findings);
    return {run, test::said(findings)};
}

Schedule weekdays(Schedule schedule) {
    schedule.days.reset(0).reset(6);
    return schedule;
}

}  // namespace

TEST_CASE("next run: from `at` to `not_after`, and nothing to measure by where nothing ends it") {
    Found found = find(once("2026-12-04T09:00", "2026-12-04T18:00"), "2026-12-01T12:00");
    REQUIRE(found.run);
    CHECK(found.run->begin == utc("2026-12-04T09:00"));
    CHECK(found.run->end == utc("2026-12-04T18:00"));
    CHECK(found.run->ends_with == NextRun::End::kNotAfter);
    CHECK(found.said.empty());
    found = find(once("2026-12-04T09:00"), "2026-12-01T12:00");
    CHECK_FALSE(found.run);
    CHECK(found.said.empty());
}

TEST_CASE("next run: by the clocks of the schedule's zone") {
    Schedule schedule = once("2026-12-04T09:00", "2026-12-04T18:00");
    schedule.zone = Zone::find("America/New_York").value();
    Found found = find(schedule, "2026-12-01T12:00");
    CHECK(found.run->begin == utc("2026-12-04T14:00"));
    CHECK(found.run->end == utc("2026-12-04T23:00"));
}

TEST_CASE("next run: an `at` in the past, within the grace and after it") {
    CHECK(find(once("2026-12-04T09:00"), "2026-12-04T10:30").said ==
          "warning 2 schedule-past: `at` was 90 min ago (`tocsin due` begins it until 2026-12-04 "
          "15:00 all the same)\n");
    CHECK(find(once("2026-12-04T09:00"), "2026-12-08T09:00").said ==
          "warning 2 schedule-past: `at` was 4 days 0 h ago (`tocsin due` leaves it alone; `tocsin "
          "send alert` sends it by hand)\n");
    Schedule patient = once("2026-12-04T09:00");
    patient.grace = 24h * 7;
    CHECK(find(patient, "2026-12-08T09:00").said.find("until 2026-12-11 09:00") !=
          std::string::npos);
    CHECK(find(once("2026-12-04T09:00"), "2026-12-04T09:00").said.empty());
}

TEST_CASE("next run: `not_after` cuts the grace short, and a past one says it itself") {
    const Schedule schedule = once("2026-12-04T09:00", "2026-12-04T12:00");
    Found found = find(schedule, "2026-12-04T10:00");
    CHECK(found.said ==
          "warning 2 schedule-past: `at` was 60 min ago (`tocsin due` begins it until 2026-12-04 "
          "12:00 all the same)\n");
    REQUIRE(found.run);
    CHECK(found.run->begin == utc("2026-12-04T10:00"));
    found = find(schedule, "2026-12-04T14:00");
    CHECK_FALSE(found.run);
    CHECK(found.said ==
          "warning 4 schedule-past: `not_after` was 2 h 0 min ago (`tocsin due` leaves it alone; "
          "`tocsin send alert` sends it by hand)\n");
}

TEST_CASE("next run: what waits for its day is not in the past") {
    // A Saturday, and so it goes on Monday.
    Found found = find(weekdays(once("2026-12-05T09:00", "2026-12-08T00:00")), "2026-12-05T12:00");
    CHECK(found.said.empty());
    REQUIRE(found.run);
    CHECK(found.run->begin == utc("2026-12-07T00:00"));
}

TEST_CASE("next run: window and days that leave no moment before `not_after`") {
    CHECK(find(weekdays(once("2026-12-05T09:00", "2026-12-06T18:00")), "2026-12-01T12:00").said ==
          "error 3 schedule-never: nothing would go out: `days` let it go first at 2026-12-07 "
          "00:00, when `not_after` has passed (let `not_after` be later)\n");
    Schedule schedule = weekdays(once("2026-12-04T21:00", "2026-12-07T08:00"));
    schedule.window = Window{8h, 20h};
    CHECK(find(schedule, "2026-12-01T12:00")
              .said.starts_with("error 3 schedule-never: nothing would go out: `window` and `days` "
                                "let it go first at "
                                "2026-12-07 08:00"));
    schedule.not_after = local("2026-12-07T08:01");
    CHECK(find(schedule, "2026-12-01T12:00").said.empty());
}

TEST_CASE("next run: never is said rather than past") {
    Found found = find(weekdays(once("2026-12-05T09:00", "2026-12-06T18:00")), "2027-01-01T12:00");
    CHECK(found.said.starts_with("error 3 schedule-never: "));
}

TEST_CASE("next run: a skipped hour ends after `not_after`") {
    Schedule schedule = once("2026-03-29T01:15", "2026-03-29T01:45");
    schedule.zone = Zone::find("Europe/London").value();
    CHECK(find(schedule, "2026-03-01T12:00").said ==
          "error 2 schedule-never: nothing would go out: it begins first at 2026-03-29 02:00, when "
          "`not_after` has passed (let `not_after` be later)\n");
}

TEST_CASE("next run: of a recurring one, until the next occurrence or the end of all") {
    Found found = find(again("0 9 * * *"), "2026-12-01T12:00");
    REQUIRE(found.run);
    CHECK(found.said.empty());
    CHECK(found.run->begin == utc("2026-12-02T09:00"));
    CHECK(found.run->end == utc("2026-12-03T09:00"));
    CHECK(found.run->ends_with == NextRun::End::kNextOccurrence);
    found = find(again("0 9 * * *", "2026-12-02T18:00"), "2026-12-01T12:00");
    CHECK(found.run->end == utc("2026-12-02T18:00"));
    CHECK(found.run->ends_with == NextRun::End::kNotAfter);
}

TEST_CASE("next run: a recurring one that is over is a warning") {
    CHECK(find(again("0 9 * * *", "2026-12-02T18:00"), "2026-12-02T12:00").said ==
          "warning 4 schedule-never: nothing goes out any more: no occurrence is left before "
          "`not_after`\n");
    CHECK(find(again("0 9 * * *", "2026-12-02T18:00"), "2027-12-02T12:00")
              .said.starts_with("warning 4 schedule-never: "));
}

TEST_CASE("next run: by the clocks of the recipients it begins where they are ahead") {
    Schedule schedule = once("2026-12-04T09:00", "2026-12-05T09:00");
    schedule.by_recipient = true;
    Found found = find(schedule, "2026-12-01T12:00");
    REQUIRE(found.run);
    CHECK(found.run->begin == utc("2026-12-03T19:00"));
    CHECK(open_times(schedule, *found.run)->size() == 1);
}

TEST_CASE("open times: each window of each day, cut at both ends") {
    Schedule schedule = weekdays(once("2026-12-04T10:00", "2026-12-08T12:00"));
    schedule.window = Window{8h, 20h};
    const NextRun run = *find(schedule, "2026-12-01T12:00").run;
    const auto times = open_times(schedule, run);
    REQUIRE(times);
    REQUIRE(times->size() == 3);
    CHECK(times->at(0).from == utc("2026-12-04T10:00"));
    CHECK(times->at(0).to == utc("2026-12-04T20:00"));
    CHECK(times->at(1).from == utc("2026-12-07T08:00"));
    CHECK(times->at(2).to == utc("2026-12-08T12:00"));
}

TEST_CASE("open times: without window and days it is all one, and a thousand years are too many") {
    Schedule schedule = once("2026-12-04T10:00", "3026-12-08T12:00");
    const NextRun run = *find(schedule, "2026-12-01T12:00").run;
    CHECK(open_times(schedule, run)->size() == 1);
    schedule.window = Window{8h, 20h};
    CHECK_FALSE(open_times(schedule, run));
}
