#include "cli/speedometer.h"

#include <doctest/doctest.h>

using namespace tocsin;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// `per_second` more each second.
struct Feed {
    Speedometer meter;
    Milliseconds now = std::chrono::hours(1000);
    double count = 0;

    void run(seconds time, double per_second) {
        for (Milliseconds end = now + time; now < end; now += Milliseconds(100)) {
            count += per_second / 10;
            meter.add(now, static_cast<std::size_t>(count));
        }
    }
};

}  // namespace

TEST_CASE("no rate is said before it is known") {
    Speedometer meter;
    CHECK_FALSE(meter.per_second());
    meter.add(seconds(1), 0);
    CHECK_FALSE(meter.per_second());
    meter.add(seconds(3), 1000);
    CHECK_FALSE(meter.per_second());
    meter.add(seconds(5), 1000);
    CHECK(*meter.per_second() == doctest::Approx(250));
}

TEST_CASE("nothing done is no rate") {
    Feed feed;
    feed.run(minutes(1), 0);
    CHECK_FALSE(feed.meter.per_second());
}

TEST_CASE("the rate follows a change within twenty seconds") {
    Feed feed;
    feed.run(minutes(5), 50);
    CHECK(*feed.meter.per_second() == doctest::Approx(50).epsilon(0.02));
    feed.run(seconds(10), 10);
    CHECK(*feed.meter.per_second() < 35);
    feed.run(seconds(12), 10);
    CHECK(*feed.meter.per_second() == doctest::Approx(10).epsilon(0.05));
}

TEST_CASE("a few an hour are a rate, too") {
    Feed feed;
    feed.run(minutes(9), 1.0 / 60);
    REQUIRE(feed.meter.per_second());
    CHECK(*feed.meter.per_second() * 60 == doctest::Approx(1).epsilon(0.15));
}

TEST_CASE("a standstill is seen") {
    Feed feed;
    feed.run(minutes(1), 50);
    feed.run(minutes(11), 0);
    CHECK_FALSE(feed.meter.per_second());
}

TEST_CASE("a count that shrinks and grows again is no work") {
    Speedometer meter;
    meter.add(seconds(0), 100);
    meter.add(seconds(5), 90);
    meter.add(seconds(10), 100);
    CHECK_FALSE(meter.per_second());
    meter.add(seconds(20), 120);
    CHECK(*meter.per_second() == doctest::Approx(1));
}
