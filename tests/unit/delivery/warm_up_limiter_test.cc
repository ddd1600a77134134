#include "delivery/rates/warm_up_limiter.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

const std::chrono::sys_days kFrom = std::chrono::year{2026} / 12 / 1;

WarmUp steps() {
    return {kFrom, {5, 10, 20}};
}

// How many mails go out at once at this moment.
int at_once(Limiter& limiter, const Moment& now) {
    int count = 0;
    for (; count < 1000 && limiter.earliest(now.boot, now) == now.boot; ++count) {
        limiter.take(now.boot, now);
    }
    return count;
}

Moment at_day(int day, Milliseconds time) {
    Moment midnight{"boot-a", hours(100), WallTime(kFrom)};
    return later(midnight, days(day) + time);
}

}  // namespace

TEST_CASE("a warm-up grows by UTC days, begins with its first step, and ends") {
    WarmUpLimiter limiter(steps());
    std::vector<int> sent;
    for (int day = -2; day <= 3; ++day) sent.push_back(at_once(limiter, at_day(day, hours(12))));
    CHECK(sent == std::vector<int>{5, 5, 5, 10, 20, 1000});
}

TEST_CASE("a spent day waits for midnight in UTC") {
    WarmUpLimiter limiter(steps());
    Moment now = at_day(0, hours(20));
    CHECK(at_once(limiter, now) == 5);
    CHECK(limiter.earliest(now.boot, now) == now.boot + hours(4));
    CHECK(at_once(limiter, at_day(0, hours(24) - Milliseconds(1))) == 0);
    CHECK(at_once(limiter, at_day(1, seconds(0))) == 10);
}

TEST_CASE("what was taken and not used is still there on that day, and on no other") {
    WarmUpLimiter limiter(steps());
    Moment now = at_day(0, hours(20));
    CHECK(at_once(limiter, now) == 5);
    limiter.give_back(now.boot, now);
    CHECK(at_once(limiter, now) == 1);
    limiter.give_back(now.boot - hours(24), now);
    CHECK(at_once(limiter, now) == 0);
}

TEST_CASE("slots reserved across midnight count for the day of their time") {
    WarmUpLimiter limiter(steps());
    Moment now = at_day(0, hours(24) - Milliseconds(100));
    CHECK(at_once(limiter, now) == 5);
    Microseconds midnight = now.boot + Milliseconds(100);
    CHECK(limiter.earliest(now.boot, now) == midnight);
    for (int i = 0; i < 3; ++i) limiter.take(midnight, now);
    CHECK(at_once(limiter, at_day(1, hours(1))) == 7);
}

TEST_CASE(
    "a clock that is put back by an hour or a year opens nothing, and does not block for ever") {
    for (Milliseconds back : {Milliseconds(hours(1)), Milliseconds(days(365))}) {
        WarmUpLimiter limiter(steps());
        Moment now = at_day(2, Milliseconds(minutes(30)));
        CHECK(at_once(limiter, now) == 20);
        now = later(now, minutes(10));
        now.wall -= back;
        CHECK(at_once(limiter, now) == 0);
        Moment tomorrow = later(now, hours(24) - minutes(10));
        CHECK(limiter.earliest(now.boot, now) <= tomorrow.boot);
        CHECK(at_once(limiter, tomorrow) > 0);
    }
}

TEST_CASE("a clock that flutters around midnight does not open a day twice") {
    WarmUpLimiter limiter(steps());
    int sent = 0;
    for (int i = 0; i < 20; ++i) {
        Moment now = at_day(i % 2, minutes(1));
        now.boot = hours(100) + seconds(i);
        sent += at_once(limiter, now);
    }
    CHECK(sent == 5 + 10);
}

TEST_CASE("the day's count survives a restart and a reboot, and a clock put back over it") {
    Moment then = at_day(1, hours(12));
    WarmUpLimiter before(steps());
    for (int i = 0; i < 7; ++i) before.take(then.boot, then);
    RateRecord record = before.save(then);
    for (const Moment& now :
         {later(then, hours(1)), rebooted(then, hours(1)), rebooted(then, days(-300))}) {
        WarmUpLimiter after({kFrom, {10, 10, 10}});
        after.load(record, now);
        CHECK(at_once(after, now) == 3);
    }
    WarmUpLimiter next_day(steps());
    next_day.load(record, rebooted(then, hours(12)));
    CHECK(at_once(next_day, rebooted(then, hours(12))) == 20);
}

TEST_CASE("an unreadable record spends the day, and no more than the day") {
    WarmUpLimiter limiter(steps());
    Moment now = at_day(1, hours(12));
    limiter.spend(now);
    CHECK(limiter.earliest(now.boot, now) == now.boot + hours(12));
    WarmUpLimiter odd(steps());
    odd.load({now, {{"day", {INT64_MAX / 10000, INT64_MAX / 10000, INT64_MAX / 10000}}}}, now);
    CHECK(odd.earliest(now.boot, now) <= now.boot + hours(24) + kFarthestAhead);
}
