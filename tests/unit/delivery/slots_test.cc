#include "delivery/slots.h"

#include <doctest/doctest.h>

using namespace tocsin;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("slots: the first is at once, and the slowest limit decides about the last") {
    CHECK(Slots(Rates{}).last(1000) == seconds(0));
    CHECK(Slots(Rates{{20, seconds(1)}}).last(1) == seconds(0));
    CHECK(Slots(Rates{{20, seconds(1)}}).last(21) == seconds(1));
    RunRates rates{"relay", {}, "alert", {{1, minutes(1)}}};
    rates.limits.rates = {{20, seconds(1)}};
    CHECK(Slots(rates).last(21) == minutes(20));
}

TEST_CASE("slots: within a time fit those that begin before its end") {
    const Slots slots(Rates{{20, hours(1)}});
    CHECK(slots.within(hours(9), 1000) == 180);
    CHECK(slots.within(hours(9), 7) == 7);
    CHECK(slots.within(minutes(3), 1000) == 1);
    CHECK(slots.within(minutes(3) + seconds(1), 1000) == 2);
    CHECK(slots.within(seconds(0), 1000) == 0);
    CHECK(slots.within(hours(9), 0) == 0);
}
