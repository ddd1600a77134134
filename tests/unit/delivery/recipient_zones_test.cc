#include "delivery/recipient_zones.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

Schedule by_recipient() {
    Schedule schedule;
    schedule.by_recipient = true;
    return schedule;
}

PlanRow with(std::string zone) {
    return {"a@x.example", "a@x.example", {"Ann", std::move(zone)}};
}

}  // namespace

TEST_CASE("recipient zones: names that the system knows, and of anything else nothing") {
    const Schedule schedule = by_recipient();
    RecipientZones zones(&schedule, {"name", "timezone"});
    CHECK(zones.wanted());
    CHECK(zones.of(with("Asia/Kolkata")) == "Asia/Kolkata");
    CHECK(zones.of(with(" Asia/Kolkata ")) == "Asia/Kolkata");
    for (const char* other : {"", "kolkata", "asia/kolkata", "Mars/Olympus", "+05:30", "../UTC"}) {
        CHECK(zones.of(with(other)).empty());
    }
    CHECK(zones.of({"a@x.example", "a@x.example", {}}).empty());  // a row that is left out
}

TEST_CASE("recipient zones: none without the column, and none where nobody asks for them") {
    const Schedule schedule = by_recipient(), fixed;
    RecipientZones no_column(&schedule, {"name", "zone"});
    CHECK(no_column.wanted());
    CHECK(no_column.of(with("Asia/Kolkata")).empty());
    RecipientZones not_asked(&fixed, {"name", "timezone"});
    CHECK_FALSE(not_asked.wanted());
    CHECK(not_asked.of(with("Asia/Kolkata")).empty());
    CHECK_FALSE(RecipientZones(nullptr, {"name", "timezone"}).wanted());
}

TEST_CASE("recipient zones: a column of a million other things is no time zone, and is forgotten") {
    const Schedule schedule = by_recipient();
    RecipientZones zones(&schedule, {"name", "timezone"});
    for (int i = 0; i < 10'000; ++i) CHECK(zones.of(with("x" + std::to_string(i))).empty());
    CHECK(zones.of(with("Europe/London")) == "Europe/London");
}
