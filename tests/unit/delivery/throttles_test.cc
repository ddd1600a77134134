#include "delivery/rates/throttles.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

const std::map<std::string, DomainLimits> kGmailFive = {{"gmail.com", {{{5, seconds(1)}}, {}}}};

}  // namespace

TEST_CASE("a throttled domain is slowed alone, and wins back what it had") {
    DomainGroups groups({}, 10);
    Throttles throttles(groups, {{20, seconds(1)}});
    Microseconds now = hours(1);
    auto change = throttles.refused("quay.example", now, now);
    REQUIRE(change);
    GroupId quay = groups.of("quay.example");
    CHECK(change->group == quay);
    CHECK(change->rate == Rate{600, minutes(1)});
    CHECK(change->paused_until == now + seconds(30));
    CHECK(throttles.texts() == std::vector<std::string>{"quay.example slowed to 10/s"});
    for (int i = 0; i < 49; ++i) CHECK_FALSE(throttles.accepted(quay, now));
    change = throttles.accepted(quay, now);
    REQUIRE(change);
    CHECK(change->rate == Rate{660, minutes(1)});
    for (int i = 0; i < 1000; ++i) throttles.accepted(quay, now);
    CHECK(throttles.texts().empty());
}

TEST_CASE("a group is slowed from its limit, or else from what it really took") {
    Microseconds now = hours(1);
    DomainGroups limited(kGmailFive, 10);
    CHECK(Throttles(limited, {}).refused("googlemail.com", now, now)->rate ==
          Rate{150, minutes(1)});

    DomainGroups groups({}, 10);
    Throttles measured(groups, {{20, seconds(1)}});
    for (int i = 0; i < 120; ++i) measured.accepted(groups.of("gmail.com"), now + i * seconds(1));
    CHECK(measured.refused("gmail.com", now, now + seconds(119))->rate == Rate{30, minutes(1)});

    Throttles unlimited(groups, {});
    for (int i = 0; i < 120; ++i) unlimited.accepted(kEverybodyElse, now + i * Milliseconds(500));
    CHECK(unlimited.refused("quay.example", now, now + seconds(60))->rate->count >= 50);
}

TEST_CASE("the ten thousand and first domain that throttles does not slow everybody else") {
    DomainGroups groups({}, 10);
    Throttles throttles(groups, {{20, seconds(1)}});
    for (int i = 0; i < 10000; ++i) {
        CHECK(throttles.refused("d" + std::to_string(i) + ".example", hours(1), hours(1)));
    }
    CHECK_FALSE(throttles.refused("quay.example", hours(1), hours(1)));
    CHECK_FALSE(throttles.accepted(kEverybodyElse, hours(1)));
}

TEST_CASE("what all rates allow in a minute") {
    CHECK_FALSE(per_minute({}));
    CHECK(per_minute({{20, seconds(1)}}) == 1200);
    CHECK(per_minute({{20, seconds(1)}, {500, minutes(1)}}) == 500);
    CHECK(per_minute({{20, days(1)}}) == 1);
}
