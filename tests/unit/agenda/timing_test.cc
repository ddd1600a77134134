#include "agenda/timing.h"

#include <doctest/doctest.h>

#include "unit/agenda/times.h"

using namespace tocsin;
using namespace tocsin::test;
using Kind = Timing::Kind;

namespace {

// A mailing that is due on the 1st of December at nine, with six hours of grace, in a workspace
// where `due` runs every minute.
struct Case {
    Schedule schedule = at("2026-12-01T09:00");
    Circumstances mailing{schedule, schedule.at.value(), std::chrono::hours(6), {}, {}};

    Timing when(const char* now) {
        if (watched) mailing.last_run = utc(now) - std::chrono::minutes(1);
        return timing_of(mailing, utc(now));
    }
    void release(const char* since) { mailing.control = {Control::kOpen, "", utc(since)}; }
    bool watched = true;
};

}  // namespace

TEST_CASE("before its time it waits, from then on it is due") {
    Case test;
    CHECK(test.when("2026-12-01T08:59:59Z").kind == Kind::kNotYet);
    CHECK(test.when("2026-12-01T08:59:59Z").time == utc("2026-12-01T09:00:00Z"));
    CHECK(test.when("2026-12-01T09:00:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T15:00:00Z").kind == Kind::kDue);
}

TEST_CASE("what nothing began within the grace is overdue") {
    Case test;
    Timing late = test.when("2026-12-01T15:00:01Z");
    CHECK(late.kind == Kind::kOverdue);
    CHECK(late.reason.find("2026-12-01T09:00 (Europe/London)") != std::string::npos);
    test.mailing.started = true;  // by hand, or by `due`: then it is not late any more
    CHECK(test.when("2026-12-01T15:00:01Z").kind == Kind::kDue);
}

TEST_CASE("past not_after nothing goes, begun or not, and before it lateness does not matter") {
    Case test;
    test.schedule.not_after = wall("2026-12-01T18:00");
    CHECK(test.when("2026-12-01T17:59:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T18:00:01Z").kind == Kind::kOverdue);
    test.mailing.started = true;
    test.mailing.seen = utc("2026-12-01T18:00:00Z");
    CHECK(test.when("2026-12-01T18:00:01Z").kind == Kind::kOverdue);
}

TEST_CASE("a release lets it go although it is late, for as long as the grace") {
    Case test;
    test.release("2026-12-02T10:00:00Z");
    CHECK(test.when("2026-12-02T10:01:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-02T16:00:01Z").kind == Kind::kOverdue);
    test.schedule.not_after = wall("2026-12-01T18:00");
    CHECK(test.when("2026-12-02T10:01:00Z").kind == Kind::kDue);
}

TEST_CASE("a release before it was due excuses nothing") {
    Case test;
    test.release("2026-11-20T10:00:00Z");
    CHECK(test.when("2026-12-01T15:00:01Z").kind == Kind::kOverdue);
}

TEST_CASE("what came due while nobody looked after the ledger for longer than the grace is stale") {
    Case test;
    test.watched = false;
    test.mailing.last_run = utc("2026-11-30T10:00:00Z");
    CHECK(test.when("2026-12-01T08:00:00Z").kind == Kind::kNotYet);
    Timing stale = test.when("2026-12-01T10:00:00Z");
    CHECK(stale.kind == Kind::kStale);
    CHECK(stale.reason.find("2026-11-30T10:00") != std::string::npos);
    test.mailing.last_run = utc("2026-12-01T04:00:00Z");
    CHECK(test.when("2026-12-01T10:00:00Z").kind == Kind::kDue);
    test.mailing.last_run.reset();  // `due` never ran: there is nothing to compare with
    CHECK(test.when("2026-12-01T10:00:00Z").kind == Kind::kDue);
}

TEST_CASE("what comes due only now is not stale, however long nobody looked") {
    Case test;
    test.watched = false;
    test.mailing.last_run = utc("2026-11-20T10:00:00Z");
    CHECK(test.when("2026-12-01T09:00:59Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T09:01:00Z").kind == Kind::kStale);
    test.mailing.started = true;  // some of it went out by hand, and the others may go at any time
    test.mailing.next_due = utc("2026-11-20T10:00:00Z");
    CHECK(test.when("2026-12-01T09:00:59Z").kind == Kind::kStale);
}

TEST_CASE(
    "half-sent, and nobody looked: stale only where somebody could have been mailed meanwhile") {
    Case test;
    test.schedule.window = Window{std::chrono::hours(8), std::chrono::hours(20)};
    test.mailing.started = true;
    test.mailing.next_due = utc("2026-12-01T09:00:00Z");
    test.mailing.seen = utc("2026-12-01T20:00:00Z");  // a laptop that is shut for the night
    test.watched = false;
    test.mailing.last_run = test.mailing.seen;
    CHECK(test.when("2026-12-02T07:59:59Z").kind == Kind::kClosed);
    CHECK(test.when("2026-12-02T08:00:30Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-02T08:01:00Z").kind == Kind::kStale);
    test.mailing.next_due = utc("2026-12-02T10:00:00Z");  // everybody left waits for a retry
    CHECK(test.when("2026-12-02T08:01:00Z").kind == Kind::kWaits);
    CHECK(test.when("2026-12-02T10:00:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-02T10:01:00Z").kind == Kind::kStale);
}

TEST_CASE("overdue says that the ledger may be an old copy, where it may") {
    Case test;
    test.watched = false;
    test.mailing.last_run = utc("2026-11-30T10:00:00Z");
    Timing late = test.when("2026-12-01T20:00:00Z");
    CHECK(late.kind == Kind::kOverdue);
    CHECK(late.reason.find("put back from a copy") != std::string::npos);
}

TEST_CASE("half-sent and not looked after for longer than the grace: stale, until a release") {
    Case test;
    test.mailing.started = true;
    test.mailing.seen = utc("2026-12-01T09:30:00Z");
    CHECK(test.when("2026-12-01T15:30:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T15:30:01Z").kind == Kind::kStale);
    test.release("2026-12-01T20:00:00Z");
    CHECK(test.when("2026-12-01T20:01:00Z").kind == Kind::kDue);
}

TEST_CASE("a clock that was set back finds no gap") {
    Case test;
    test.watched = false;
    test.mailing.started = true;
    test.mailing.seen = utc("2026-12-03T09:30:00Z");
    test.mailing.last_run = utc("2026-12-03T09:30:00Z");
    CHECK(test.when("2026-12-01T09:30:00Z").kind == Kind::kDue);
}

TEST_CASE("outside its window it is closed until it opens") {
    Case test;
    test.schedule.window = Window{std::chrono::hours(8), std::chrono::hours(20)};
    test.schedule.days = Weekdays("0111110");
    test.mailing.seen = utc("2026-12-01T20:29:00Z");
    Timing closed = test.when("2026-12-01T20:30:00Z");
    CHECK(closed.kind == Kind::kClosed);
    CHECK(closed.time == utc("2026-12-02T08:00:00Z"));
}

TEST_CASE("a mailing that begins outside its window is due when that opens") {
    Case test;
    test.schedule.window = Window{std::chrono::hours(10), std::chrono::hours(20)};
    CHECK(test.when("2026-12-01T09:30:00Z").kind == Kind::kNotYet);
    CHECK(test.when("2026-12-01T09:30:00Z").time == utc("2026-12-01T10:00:00Z"));
    CHECK(test.when("2026-12-01T16:00:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T16:00:01Z").kind == Kind::kOverdue);
}

TEST_CASE("where everybody left waits for a retry, so does it") {
    Case test;
    test.mailing.started = true;
    test.mailing.next_due = utc("2026-12-01T09:45:00Z");
    Timing waits = test.when("2026-12-01T09:30:00Z");
    CHECK(waits.kind == Kind::kWaits);
    CHECK(waits.time == utc("2026-12-01T09:45:00Z"));
    CHECK(test.when("2026-12-01T09:45:00Z").kind == Kind::kDue);
}

TEST_CASE("held, by itself or with its series; over and cancelled come first") {
    Case test;
    test.mailing.series = {Control::kHeld, "look first", utc("2026-11-01T00:00:00Z")};
    CHECK(test.when("2026-12-01T09:30:00Z").kind == Kind::kHeld);
    CHECK(test.when("2026-12-01T09:30:00Z").reason == "look first");
    test.mailing.finished = true;
    CHECK(test.when("2026-12-01T09:30:00Z").kind == Kind::kOver);
    test.mailing.series.control = Control::kCancelled;
    CHECK(test.when("2026-12-01T09:30:00Z").kind == Kind::kCancelled);
}

TEST_CASE(
    "by the recipients' clocks it is due where it is that late first, and late by the campaign's") {
    Case test;
    test.schedule.by_recipient = true;
    CHECK(test.when("2026-11-30T18:59:00Z").kind == Kind::kNotYet);
    CHECK(test.when("2026-11-30T19:00:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T15:00:00Z").kind == Kind::kDue);
    CHECK(test.when("2026-12-01T15:00:01Z").kind == Kind::kOverdue);
}
