#include "agenda/series.h"

#include <doctest/doctest.h>

#include "unit/agenda/times.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("nothing came due") {
    auto state =
        came_due(every("0 9 * * *"), utc("2026-12-01T09:00:00Z"), utc("2026-12-02T08:59:00Z"));
    CHECK_FALSE(state.latest);
    CHECK(state.missed.empty());
    CHECK(state.settled == utc("2026-12-01T09:00:00Z"));
}

TEST_CASE("one came due") {
    auto state =
        came_due(every("0 9 * * *"), utc("2026-12-01T09:00:00Z"), utc("2026-12-02T09:00:00Z"));
    REQUIRE(state.latest);
    CHECK(state.latest->name == "2026-12-02T09:00");
    CHECK(state.missed.empty());
}

TEST_CASE("of several that came due the latest counts, the others are missed, oldest first") {
    auto state =
        came_due(every("0 9 * * *"), utc("2026-12-01T09:00:00Z"), utc("2026-12-04T10:00:00Z"));
    REQUIRE(state.latest);
    CHECK(state.latest->name == "2026-12-04T09:00");
    REQUIRE(state.missed.size() == 2);
    CHECK(state.missed[0].name == "2026-12-02T09:00");
    CHECK(state.missed[1].name == "2026-12-03T09:00");
    CHECK(state.missed_count == 2);
    CHECK(state.settled == utc("2026-12-03T09:00:00Z"));
}

TEST_CASE("after a long time the latest of very many are named, and all are counted") {
    auto state = came_due(every("0 * * * *", "UTC"), utc("2026-11-01T00:00:00Z"),
                          utc("2026-12-01T00:30:00Z"));
    CHECK(state.missed_count == 719);
    CHECK(state.missed.size() == 100);
    CHECK(state.missed.back().name == "2026-11-30T23:00");
}

TEST_CASE("by the recipients' clocks one comes due where it is that late first") {
    Schedule schedule = every("0 9 * * *");
    schedule.by_recipient = true;
    const WallTime settled = utc("2026-12-01T09:00:00Z");
    CHECK_FALSE(came_due(schedule, settled, utc("2026-12-01T18:59:59Z")).latest);
    auto state = came_due(schedule, settled, utc("2026-12-01T19:00:00Z"));
    REQUIRE(state.latest);
    CHECK(state.latest->name == "2026-12-02T09:00");
}

TEST_CASE("an hour that is there twice is taken once") {
    auto state =
        came_due(every("30 1 * * *"), utc("2026-10-25T00:30:00Z"), utc("2026-10-25T23:00:00Z"));
    CHECK_FALSE(state.latest);
}
