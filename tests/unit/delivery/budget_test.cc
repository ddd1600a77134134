#include "delivery/rates/budget.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

constexpr Rate kFiveHundred{500, minutes(1)};
constexpr Microseconds kLate = Milliseconds(50);

Budget spent(Microseconds at) {
    Budget budget(kFiveHundred, kLate);
    for (int i = 0; i < 500; ++i) budget.take(at);
    return budget;
}

}  // namespace

TEST_CASE("a spent budget opens when its sixtieth has left the window, and not before") {
    Budget budget = spent(hours(1) + Milliseconds(300));
    CHECK(budget.earliest(hours(1) + seconds(1)) == hours(1) + seconds(61) + kLate);
    CHECK(budget.earliest(hours(1) + seconds(61)) == hours(1) + seconds(61) + kLate);
    CHECK(budget.earliest(hours(2)) == hours(2));
}

TEST_CASE("a sixtieth that may be used late counts until it cannot be any more") {
    Budget budget(kFiveHundred, kLate);
    for (int i = 0; i < 499; ++i) budget.take(hours(1) + Milliseconds(999));
    budget.take(hours(1) + seconds(61) + Milliseconds(10));
    CHECK(budget.earliest(hours(1) + seconds(61) + Milliseconds(20)) ==
          hours(1) + seconds(61) + kLate);
}

TEST_CASE("a budget opens bit by bit, as it was spent") {
    Budget budget(kFiveHundred, kLate);
    for (int i = 0; i < 500; ++i) budget.take(hours(1) + i * Milliseconds(50));
    Microseconds open = hours(1) + seconds(61) + kLate;
    CHECK(budget.earliest(hours(1) + seconds(25)) == open);
    for (int i = 0; i < 20; ++i) budget.take(open);
    CHECK(budget.earliest(open) == open + seconds(1));
}

TEST_CASE("one less than the budget leaves one") {
    Budget budget(kFiveHundred, kLate);
    for (int i = 0; i < 499; ++i) budget.take(hours(1));
    CHECK(budget.earliest(hours(1)) == hours(1));
    budget.take(hours(1));
    CHECK(budget.earliest(hours(1)) > hours(1) + minutes(1));
}

TEST_CASE("what was taken and not used leaves room for as much") {
    Budget budget = spent(hours(1));
    budget.give_back(hours(1));
    CHECK(budget.earliest(hours(1)) == hours(1));
    budget.take(hours(1));
    CHECK(budget.earliest(hours(1)) > hours(1) + minutes(1));
    // Of a sixtieth in which nothing was taken, in the future or long ago: nothing opens.
    for (Microseconds other :
         {Microseconds(hours(1) + seconds(5)), Microseconds(hours(2)), Microseconds(0)}) {
        budget.give_back(other);
    }
    CHECK(budget.earliest(hours(1)) > hours(1) + minutes(1));
}

TEST_CASE("no window holds more than the budget, even if every slot is used as late as it may be") {
    std::mt19937 random(3);
    for (int round = 0; round < 100; ++round) {
        Rate rate{1 + static_cast<int>(random() % 300), minutes(1)};
        Budget budget(rate, kLate);
        std::vector<Microseconds> used;
        Microseconds now = hours(1);
        for (int i = 0; i < 3000; ++i) {
            now += Microseconds(random() % 100000);
            now = budget.earliest(now);
            CHECK(budget.earliest(now) == now);
            budget.take(now);
            used.push_back(now + Microseconds(random() % (kLate.count() + 1)));
        }
        CHECK(keeps(used, {rate}));
    }
}

TEST_CASE("a long run spends all but a sixtieth of a budget") {
    Budget budget(kFiveHundred, kLate);
    Microseconds now = hours(1);
    int taken = 0;
    for (; now < hours(2); now = budget.earliest(now + Milliseconds(50)), ++taken) budget.take(now);
    CHECK(taken > 500 * 60 * 59 / 60 - 500);
    CHECK(taken <= 500 * 60);
}

TEST_CASE("a budget in the first minute after boot counts what was taken before it") {
    Budget before = spent(hours(5));
    Moment then{"boot-a", hours(5), evening().wall};
    Moment now{"boot-b", seconds(2), evening().wall + Milliseconds(seconds(10))};
    Budget after(kFiveHundred, kLate);
    after.load({then, {before.save()}}, now);
    Microseconds open = after.earliest(now.boot);
    CHECK(open >= seconds(52));
    CHECK(open <= seconds(55));
}

TEST_CASE("sixtieths before boot are as long as others") {
    Budget budget(kFiveHundred, kLate);
    Moment now{"boot-a", seconds(2), evening().wall};
    budget.load({now, {{"budget", {60'000'000, -59, 500}}}}, now);
    CHECK(budget.earliest(now.boot) == now.boot + kLate);
}

TEST_CASE("a budget of another period begins empty, one of another number does not") {
    RateRecord record{evening(), {spent(evening().boot).save()}};
    Budget hourly({500, hours(1)}, kLate);
    hourly.load(record, evening());
    CHECK(hourly.earliest(evening().boot) == evening().boot);
    Budget more({600, minutes(1)}, kLate);
    more.load(record, evening());
    for (int i = 0; i < 100; ++i) more.take(more.earliest(evening().boot));
    CHECK(more.earliest(evening().boot) > evening().boot + minutes(1));
}

TEST_CASE("numbers that cannot be do not block a budget for ever") {
    constexpr std::int64_t kHuge = 1'000'000'000;  // minutes since boot: 1,900 years
    Budget budget(kFiveHundred, kLate);
    RateRecord record{evening(), {{"budget", {60'000'000, kHuge, kHuge, -kHuge, kHuge, 5, -7}}}};
    budget.load(record, evening());
    CHECK(budget.earliest(evening().boot) <= evening().boot + kFarthestAhead + seconds(63));
}
