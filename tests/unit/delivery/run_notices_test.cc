#include "delivery/run_notices.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

Counts counts(std::size_t accepted, std::size_t planned = 0, std::size_t in_doubt = 0) {
    Counts counts;
    counts.total = accepted + planned + in_doubt;
    counts.states[static_cast<std::size_t>(State::kAccepted)] = accepted;
    counts.states[static_cast<std::size_t>(State::kPlanned)] = planned;
    counts.states[static_cast<std::size_t>(State::kInDoubt)] = in_doubt;
    return counts;
}

std::vector<Notice> after(RunEnd end, const Counts& counts, const std::string& message = "") {
    RunResult result;
    result.end = end;
    result.transport = "relay";
    result.message = message;
    return notices_of({"weekly", "2026-12-07T09:00"}, result, counts);
}

}  // namespace

TEST_CASE("a run that goes on by itself is nothing to tell") {
    for (RunEnd end : {RunEnd::kNothingDue, RunEnd::kLimit, RunEnd::kStopped, RunEnd::kHeld,
                       RunEnd::kCancelled}) {
        CHECK(after(end, counts(2, 3)).empty());
    }
}

TEST_CASE("done is told with what came of it, and doubts beside it") {
    auto told = after(RunEnd::kNothingLeft, counts(1234));
    REQUIRE(told.size() == 1);
    CHECK(told[0].event == NotifyEvent::kDone);
    CHECK(told[0].text == "weekly@2026-12-07T09:00 is done: 1,234 accepted");
    told = after(RunEnd::kNothingLeft, counts(2, 0, 1));
    REQUIRE(told.size() == 2);
    CHECK(told[0].event == NotifyEvent::kInDoubt);
    CHECK(told[0].text.starts_with("weekly@2026-12-07T09:00: 1 mail in doubt\n"));
    CHECK(told[1].text == "weekly@2026-12-07T09:00 is done: 2 accepted, 1 in doubt");
    CHECK(after(RunEnd::kStopped, counts(1, 2, 1)).size() == 1);
}

TEST_CASE("what stops a run is told with its reason, and without addresses") {
    auto told = after(RunEnd::kBreaker, counts(2, 3), "breaker: 23 of 200 rejected");
    REQUIRE(told.size() == 1);
    CHECK(told[0].event == NotifyEvent::kHeld);
    CHECK(
        told[0].text.starts_with("weekly@2026-12-07T09:00 is held: breaker: 23 of 200 rejected\n"));
    told = after(RunEnd::kUnusable, counts(2, 3), "no login for reem@harbour.example");
    REQUIRE(told.size() == 1);
    CHECK(told[0].event == NotifyEvent::kPaused);
    CHECK(told[0].text ==
          "weekly@2026-12-07T09:00 is paused: cannot send by `relay`: no login for <address>");
    CHECK(after(RunEnd::kBlocked, counts(2, 3), "x.example").at(0).event == NotifyEvent::kPaused);
}
