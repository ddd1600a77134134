#include "delivery/planner.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "delivery/plan_parts.h"
#include "unit/delivery/series_support.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE_FIXTURE(SeriesCase, "planner: each occurrence has a plan of its own, of today's people") {
    write_list("email,timezone\nann@x.example,\n");
    REQUIRE(plan(kFirst));
    write_list("email,timezone\nann@x.example,\nbob@x.example,\n");
    REQUIRE(plan(kSecond));
    CHECK(ledger->counts({"weekly", kFirst}).total == 1);
    CHECK(ledger->counts({"weekly", kSecond}).total == 2);
    CHECK_FALSE(ledger->plan({"weekly", ""}));
}

TEST_CASE_FIXTURE(SeriesCase, "planner: nothing of the schedule or the time is in the content") {
    REQUIRE(plan(kFirst, PlanKind::kNew, at(1)));
    schedule().by_recipient = true;
    schedule().window = Window{std::chrono::hours(8), std::chrono::hours(20)};
    REQUIRE(plan(kSecond, PlanKind::kNew, at(700'000)));
    const PlanInfo first = *ledger->plan({"weekly", kFirst});
    const PlanInfo second = *ledger->plan({"weekly", kSecond});
    CHECK(first.content == second.content);
    CHECK(parts_of(first) == parts_of(second));
}

TEST_CASE_FIXTURE(SeriesCase, "planner: people go by their own zones, in a top-up as well") {
    schedule().by_recipient = true;
    write_list("email,timezone\nann@x.example,Asia/Kolkata\nbob@x.example,Mars\nnone@x.example,\n");
    auto counts = plan(kFirst);
    REQUIRE(counts);
    CHECK(counts->zoneless == 2);
    CHECK(zones(kFirst) == "Asia/Kolkata 1, UTC 2");
    write_list(
        "email,timezone\nnone@x.example,\nzoe@x.example,Pacific/Auckland\nyan@x.example,?\n");
    counts = plan(kFirst, PlanKind::kTopUp);
    REQUIRE(counts);
    CHECK(counts->zoneless == 1);
    CHECK(zones(kFirst) == "Asia/Kolkata 1, Pacific/Auckland 1, UTC 3");
}

TEST_CASE_FIXTURE(SeriesCase, "planner: who is skipped is not counted as somebody without a zone") {
    schedule().by_recipient = true;
    write_list("email,timezone\nann@x.example,\n");
    ledger->suppress(std::vector<Suppression>{
        {"ann@x.example", std::string(kEverything), "manual", "test", at(0), ""}});
    auto counts = plan(kFirst);
    REQUIRE(counts);
    CHECK(counts->suppressed == 1);
    CHECK(counts->zoneless == 0);
}

TEST_CASE_FIXTURE(SeriesCase, "planner: nobody has a zone where the schedule asks for none") {
    write_list("email,timezone\nann@x.example,Asia/Kolkata\n");
    auto counts = plan(kFirst);
    REQUIRE(counts);
    CHECK(counts->zoneless == 0);
    CHECK(zones(kFirst).empty());
}

TEST_CASE_FIXTURE(SeriesCase, "planner: no occurrence of a cancelled series is planned") {
    ledger->set_control({"weekly", ""}, Control::kCancelled, "", at(1));
    CHECK_THROWS_AS(plan(kFirst), Refused);
    CHECK_FALSE(ledger->plan({"weekly", kFirst}));
}
