#include <doctest/doctest.h>

#include "delivery/rates/limiter.h"
#include "rates_support.h"

using namespace tocsin;

namespace {

std::vector<Microseconds> slots(Limiter& limiter, const Moment& now, Microseconds length) {
    std::vector<Microseconds> taken;
    Microseconds at = limiter.earliest(now.boot, now);
    for (; at < now.boot + length; at = limiter.earliest(now.boot, now)) {
        limiter.take(at, now);
        taken.push_back(at);
    }
    return taken;
}

// When a limiter that has spent all of 500/min opens, after its record was read at `now`.
Microseconds wait_after(const RateRecord& record, const Moment& now) {
    RateLimiter limiter({{20, seconds(1)}, {500, minutes(1)}});
    limiter.load(record, now);
    return limiter.earliest(now.boot, now) - now.boot;
}

RateRecord spent_at(const Moment& now) {
    RateLimiter limiter({{20, seconds(1)}, {500, minutes(1)}});
    slots(limiter, now, seconds(25));
    return limiter.save(later(now, seconds(25)));
}

}  // namespace

TEST_CASE("20/s with 500/min: 25 seconds at the pace, then waiting for the window") {
    RateLimiter limiter({{500, minutes(1)}, {20, seconds(1)}});
    std::vector<Microseconds> taken = slots(limiter, evening(), minutes(10));
    CHECK(taken[499] - taken[0] == 499 * Milliseconds(50));
    CHECK(taken[500] - taken[0] >= minutes(1));
    CHECK(taken[500] - taken[0] <= seconds(62));
    CHECK(keeps(taken, {{20, seconds(1)}, {500, minutes(1)}}));
    CHECK(taken.size() >= 4900);
}

TEST_CASE("a day's budget alone is spread over the day") {
    RateLimiter limiter({{50000, days(1)}});
    std::vector<Microseconds> taken = slots(limiter, evening(), hours(1));
    CHECK(taken.size() == 2084);
    CHECK(taken[1] - taken[0] == Milliseconds(1728));
}

TEST_CASE("of two rates with one period the tighter holds") {
    CHECK(by_period({{9, minutes(1)}, {20, seconds(1)}, {10, seconds(1)}}) ==
          Rates{{10, seconds(1)}, {9, minutes(1)}});
}

TEST_CASE("no window of any rate holds one too many, whatever the rates and pauses") {
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        Rates rates = random_rates(random);
        RateLimiter limiter(rates);
        std::vector<Microseconds> taken;
        Moment now = evening();
        for (int i = 0; i < 4000; ++i) {
            if (random() % 50 == 0) now = later(now, Microseconds(random() % 90'000'000));
            Microseconds at = limiter.earliest(now.boot, now);
            CHECK(limiter.earliest(at, now) == at);
            limiter.take(at, now);
            taken.push_back(at);
        }
        CHECK(keeps(taken, rates));
    }
}

TEST_CASE(
    "a restart within one boot goes on where the last run stopped, whatever the wall clock says") {
    Moment then = evening();
    RateRecord record = spent_at(then);
    Moment now = later(then, seconds(30));
    Microseconds wait = wait_after(record, now);
    CHECK(wait > seconds(30));
    CHECK(wait < seconds(32));
    for (auto jump : {days(-7), days(7)}) {
        Moment jumped = now;
        jumped.wall += jump;
        CHECK(wait_after(record, jumped) == wait);
    }
}

TEST_CASE("after a reboot the wall clock tells how much time passed") {
    RateRecord record = spent_at(evening());
    Moment then = later(evening(), seconds(25));
    Microseconds at_once = wait_after(record, rebooted(then, seconds(0)));
    CHECK(at_once >= seconds(35));
    CHECK(at_once < seconds(39));
    Microseconds soon = wait_after(record, rebooted(then, seconds(20)));
    CHECK(soon >= seconds(15));
    CHECK(soon < seconds(19));
    CHECK(wait_after(record, rebooted(then, minutes(5))) == Microseconds{0});
}

TEST_CASE(
    "a clock put back over a reboot opens nothing early, and blocks for no more than a period") {
    Moment then = later(evening(), seconds(25));
    Microseconds wait = wait_after(spent_at(evening()), rebooted(then, days(-365)));
    CHECK(wait >= seconds(35));
    CHECK(wait < seconds(39));
}

TEST_CASE("a clock put forward over a reboot saves nothing up") {
    Moment then = later(evening(), seconds(25));
    Moment now = rebooted(then, days(365));
    RateLimiter limiter({{20, seconds(1)}, {500, minutes(1)}});
    limiter.load(spent_at(evening()), now);
    std::vector<Microseconds> taken = slots(limiter, now, minutes(3));
    CHECK(keeps(taken, {{20, seconds(1)}, {500, minutes(1)}}));
}

TEST_CASE("what cannot be read counts as spent, and passes within the longest period") {
    Rates rates = {{20, seconds(1)}, {500, minutes(1)}};
    RateLimiter limiter(rates);
    limiter.spend(evening());
    Microseconds wait = limiter.earliest(evening().boot, evening()) - evening().boot;
    CHECK(wait > minutes(1));
    CHECK(wait < minutes(1) + kFarthestAhead + seconds(3));
}
