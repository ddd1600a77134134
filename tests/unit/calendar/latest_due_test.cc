#include "calendar/latest_due.h"

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

std::string name(const std::optional<Occurrence>& found) {
    return found ? found->name : "-";
}

}  // namespace

TEST_CASE("latest due: the one that has come, on its minute and until the next") {
    const Schedule weekly = every("0 9 * * mon", "Europe/London");
    CHECK(name(latest_due(weekly, utc("2026-12-07T08:59:59Z"))) == "2026-11-30T09:00");
    CHECK(name(latest_due(weekly, utc("2026-12-07T09:00:00Z"))) == "2026-12-07T09:00");
    CHECK(name(latest_due(weekly, utc("2026-12-14T08:59:59Z"))) == "2026-12-07T09:00");
}

TEST_CASE("latest due: of every minute, and of every four years") {
    CHECK(name(latest_due(every("* * * * *", "UTC"), utc("2026-12-07T09:00:30Z"))) ==
          "2026-12-07T09:00");
    CHECK(name(latest_due(every("0 9 29 2 *", "UTC"), utc("2027-12-07T09:00:00Z"))) ==
          "2024-02-29T09:00");
}

TEST_CASE(
    "latest due: with each person's zone it comes hours before the campaign's clocks say so") {
    Schedule weekly = every("0 9 * * mon", "America/New_York");
    weekly.by_recipient = true;
    CHECK(name(latest_due(weekly, utc("2026-12-06T18:59:59Z"))) == "2026-11-30T09:00");
    CHECK(name(latest_due(weekly, utc("2026-12-06T19:00:00Z"))) == "2026-12-07T09:00");
}

TEST_CASE("latest due: what waits for its window has not come due") {
    Schedule nightly = every("0 3 * * *", "UTC");
    nightly.window = window(8, 0, 20, 0);
    CHECK(name(latest_due(nightly, utc("2026-12-07T07:59:00Z"))) == "2026-12-06T03:00");
    CHECK(name(latest_due(nightly, utc("2026-12-07T08:00:00Z"))) == "2026-12-07T03:00");
}

TEST_CASE("latest due: none without `every`, none before the first") {
    Schedule once;
    once.at = local("2026-12-01 09:00");
    CHECK(name(latest_due(once, utc("2026-12-07T07:59:00Z"))) == "-");
    Schedule ended = every("0 9 * * mon", "UTC");
    ended.not_after = local("2026-12-08 00:00");
    CHECK(name(latest_due(ended, utc("2027-01-07T07:59:00Z"))) == "2026-12-07T09:00");
}
