#include "delivery/zone_watch.h"

#include <doctest/doctest.h>

#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

Schedule by_recipient() {
    Schedule schedule;
    schedule.by_recipient = true;
    return schedule;
}

void read(Audience& audience) {
    Findings none;
    audience.for_each([](AudienceRow&) {}, [](const InvalidRow&) {}, none);
}

constexpr char kList[] =
    "email,timezone\n"
    "ann@x.example,Europe/London\n"
    "bob@x.example,Asia/Kolkata\n"
    "cy@x.example,\n"
    "dee@x.example,Londn\n"
    "eve@x.example, Europe/London \n"
    "fay@x.example,Mars\n"
    "gus@x.example,Nowhere\n";

}  // namespace

TEST_CASE("zone watch: who goes by which clocks, and the first whose cell is no zone") {
    ListsFolder folder;
    folder.write("a.csv", kList);
    folder.write("out.csv", "email\ngus@x.example\n");
    Findings none;
    auto audience = folder.open({"a.csv"}, {"out.csv"}, none);
    REQUIRE(audience);
    const Schedule schedule = by_recipient();
    ZoneWatch watch(*audience, &schedule);
    CHECK(watch.has_column());
    for (int again = 0; again < 2; ++again) {
        read(watch);
        const ZoneTally& tally = watch.tally();
        CHECK(tally.people == std::map<std::string, std::size_t>{
                                  {"", 3}, {"Asia/Kolkata", 1}, {"Europe/London", 2}});
        CHECK(tally.unknown == 2);
        CHECK(tally.first_unknown == "Londn");
        CHECK(tally.first_place.line == 5);
    }
    CHECK(watch.columns() == audience->columns());
}

TEST_CASE("zone watch: without the column, or where nobody asks, nothing is noted") {
    ListsFolder folder;
    folder.write("a.csv", "email,zone\nann@x.example,Europe/London\n");
    Findings none;
    auto audience = folder.open({"a.csv"}, {}, none);
    REQUIRE(audience);
    const Schedule schedule = by_recipient(), fixed;
    ZoneWatch no_column(*audience, &schedule);
    read(no_column);
    CHECK_FALSE(no_column.has_column());
    CHECK(no_column.tally().unknown == 0);
    ZoneWatch not_asked(*audience, &fixed);
    read(not_asked);
    CHECK(not_asked.tally().people.empty());
}
