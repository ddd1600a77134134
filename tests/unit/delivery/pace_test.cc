#include "delivery/rates/pace.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

std::vector<Microseconds> slots(Pace& pace, Microseconds from, Microseconds until) {
    std::vector<Microseconds> taken;
    for (Microseconds at = pace.earliest(from); at < until; at = pace.earliest(from)) {
        pace.take(at);
        taken.push_back(at);
    }
    return taken;
}

}  // namespace

TEST_CASE("a pace that does not divide its period loses nothing in an hour") {
    struct Example {
        Rate rate;
        std::size_t an_hour;
    };
    for (const Example& example :
         {Example{{3, seconds(1)}, 10800}, Example{{7, minutes(1)}, 420},
          Example{{997, minutes(1)}, 59820}, Example{{20, seconds(1)}, 72000}}) {
        Pace pace(example.rate);
        std::vector<Microseconds> taken = slots(pace, hours(5), hours(6));
        CHECK(taken.size() == example.an_hour);
        CHECK(keeps(taken, {example.rate}));
    }
}

TEST_CASE("slots are evenly spaced, without a burst at the turn of a second") {
    Pace pace({20, seconds(1)});
    std::vector<Microseconds> taken = slots(pace, hours(1), hours(1) + seconds(3));
    for (std::size_t i = 1; i < taken.size(); ++i)
        CHECK(taken[i] - taken[i - 1] == Milliseconds(50));
}

TEST_CASE("what was not used is not saved up") {
    Pace pace({10, seconds(1)});
    pace.take(hours(1));
    CHECK(pace.earliest(hours(2)) == hours(2));
    pace.take(hours(2));
    CHECK(pace.earliest(hours(2)) == hours(2) + Milliseconds(100));
}

TEST_CASE("a grid that begins anew at any time never fits one more into a window") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        Rate rate{1 + static_cast<int>(random() % 50), seconds(1)};
        Pace pace(rate);
        std::vector<Microseconds> taken;
        Microseconds now = hours(1);
        for (int i = 0; i < 500; ++i) {
            if (random() % 5 == 0)
                now = taken.empty() ? now : taken.back() + Microseconds(random() % 200000);
            Microseconds at = pace.earliest(now);
            pace.take(at);
            taken.push_back(at);
        }
        CHECK(keeps(taken, {rate}));
    }
}

TEST_CASE("more than one a microsecond is a pace too") {
    Pace pace({3'000'000, seconds(1)});
    for (int i = 0; i < 3; ++i) {
        CHECK(pace.earliest(hours(1)) <= hours(1) + Microseconds(1));
        pace.take(pace.earliest(hours(1)));
    }
    CHECK(pace.earliest(hours(1)) == hours(1) + Microseconds(1));
}

TEST_CASE("a pace goes on from its record as if nothing had happened") {
    Pace before({7, minutes(1)});
    for (int i = 0; i < 5; ++i) before.take(before.earliest(hours(1)));
    Moment now = later(evening(), seconds(1));
    Pace after({7, minutes(1)});
    after.load({now, {before.save()}}, now);
    for (int i = 0; i < 20; ++i) {
        CHECK(after.earliest(hours(1)) == before.earliest(hours(1)));
        before.take(before.earliest(hours(1)));
        after.take(after.earliest(hours(1)));
    }
}

TEST_CASE("an edited rate keeps the slot that is next") {
    Pace before({3, seconds(1)});
    before.take(hours(1));
    Pace after({1, minutes(1)});
    after.load({evening(), {before.save()}}, evening());
    CHECK(after.earliest(hours(1)) == hours(1) + Microseconds(333334));
    after.take(after.earliest(hours(1)));
    after.change({2, seconds(1)});
    CHECK(after.earliest(hours(1)) == hours(1) + Microseconds(333334) + minutes(1));
}

TEST_CASE("a next slot in a year, as a restored snapshot has it, does not block for a year") {
    Pace pace({1, seconds(1)});
    pace.load({evening(), {{"pace", {1, 1'000'000, Microseconds(hours(9000)).count(), 0}}}},
              evening());
    CHECK(pace.earliest(evening().boot) == evening().boot + kFarthestAhead + seconds(1));
}
