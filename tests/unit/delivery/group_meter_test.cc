#include "delivery/rates/group_meter.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

TEST_CASE("a meter counts the last minute and forgets what is older") {
    GroupMeter meter;
    CHECK(meter.per_minute(hours(1)) == 0);
    for (int i = 0; i < 120; ++i) meter.count(hours(1) + i * seconds(1));
    Microseconds now = hours(1) + seconds(119);
    CHECK(meter.per_minute(now) == 60);
    CHECK(meter.per_minute(now + seconds(30)) == 30);
    CHECK(meter.per_minute(now + hours(1)) == 0);
    meter.count(now + hours(2));
    CHECK(meter.per_minute(now + hours(2)) == 1);
}

TEST_CASE("a group that has just begun is measured by its first seconds") {
    GroupMeter meter;
    for (int i = 0; i <= 10; ++i) meter.count(hours(1) + i * seconds(1));
    CHECK(meter.per_minute(hours(1) + seconds(10)) == 66);
}

TEST_CASE("a meter works in the first minute after boot") {
    GroupMeter meter;
    meter.count(seconds(1));
    CHECK(meter.per_minute(seconds(1)) == 12);
}
