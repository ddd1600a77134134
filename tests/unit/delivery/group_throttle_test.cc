#include "delivery/rates/group_throttle.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

// Accepted mails until the group is free, or so many.
int accepted_until_free(GroupThrottle& throttle, int most) {
    int count = 0;
    for (; throttle.rate() && count < most; ++count) throttle.accepted();
    return count;
}

}  // namespace

TEST_CASE(
    "a throttle reply halves the rate and pauses; those of mails already under way change "
    "nothing") {
    GroupThrottle throttle(300);
    CHECK_FALSE(throttle.rate());
    CHECK(throttle.text().empty());
    Microseconds now = hours(1);
    for (int i = 0; i < 10; ++i) throttle.refused(now - seconds(1), now + i * Milliseconds(10));
    CHECK(throttle.rate() == Rate{150, minutes(1)});
    CHECK(throttle.paused_until() == now + seconds(30));
    CHECK(throttle.text() == "slowed to 2.5/s");
}

TEST_CASE("replies that go on slow to one a minute, and pauses grow to ten minutes") {
    GroupThrottle throttle(60);
    std::vector<Microseconds> pauses;
    Microseconds now = hours(1);
    for (int i = 0; i < 8; ++i, now += hours(1)) {
        throttle.refused(now, now);
        pauses.push_back(throttle.paused_until() - now);
    }
    CHECK(pauses == std::vector<Microseconds>{seconds(30), minutes(1), minutes(2), minutes(4),
                                              minutes(8), minutes(10), minutes(10), minutes(10)});
    CHECK(throttle.rate() == Rate{1, minutes(1)});
    CHECK(throttle.text() == "slowed to 1/min");
}

TEST_CASE("clean deliveries win the rate back by tenths, until the group is free") {
    GroupThrottle throttle(1200);
    throttle.refused(hours(1), hours(1));
    for (int i = 0; i < 49; ++i) CHECK_FALSE(throttle.accepted());
    CHECK(throttle.accepted());
    CHECK(throttle.rate() == Rate{660, minutes(1)});
    CHECK(accepted_until_free(throttle, 10000) == 50 * 7 - 0);
    CHECK(throttle.text().empty());
    throttle.refused(hours(2), hours(2));
    CHECK(throttle.paused_until() == hours(2) + seconds(30));
}

TEST_CASE("a group at one a minute is not stuck there for hours") {
    GroupThrottle throttle(2);
    throttle.refused(hours(1), hours(1));
    CHECK(throttle.rate() == Rate{1, minutes(1)});
    CHECK(accepted_until_free(throttle, 1000) == 5);
}

TEST_CASE("a throttle reply counts the clean ones from nothing") {
    GroupThrottle throttle(1200);
    throttle.refused(hours(1), hours(1));
    for (int i = 0; i < 49; ++i) throttle.accepted();
    throttle.refused(minutes(1), hours(1) + seconds(1));
    CHECK(throttle.rate() == Rate{600, minutes(1)});
    CHECK_FALSE(throttle.accepted());
}

TEST_CASE("rates are shown in the unit in which they are at least one") {
    CHECK(shown_rate(1) == "1/min");
    CHECK(shown_rate(59) == "59/min");
    CHECK(shown_rate(60) == "1/s");
    CHECK(shown_rate(90) == "1.5/s");
    CHECK(shown_rate(1200) == "20/s");
    CHECK(shown_rate(72000) == "1,200/s");
}
