#include "delivery/duration.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

RunRates relay(Rates transport, Rates campaign = {}) {
    RunRates rates{"relay", {}, "night-buses", std::move(campaign)};
    rates.limits.rates = std::move(transport);
    return rates;
}

std::optional<seconds> time_of(const RunRates& rates, std::int64_t mails) {
    DomainGroups groups(rates.limits.domains, 10);
    return duration(rates, groups, {{kEverybodyElse, mails}}, evening().wall);
}

// What the limiters themselves need for it.
seconds simulated(const RunRates& rates, std::int64_t mails) {
    RateBook book(rates, DomainGroups({}, 10));
    Moment now = evening();
    Microseconds last{0};
    for (std::int64_t i = 0; i < mails; ++i) {
        last = book.earliest(now);
        book.take(kEverybodyElse, last, now);
    }
    return std::chrono::ceil<seconds>(last - now.boot);
}

}  // namespace

TEST_CASE("without limits no duration is made up") {
    CHECK_FALSE(time_of(relay({}), 1000));
    RunRates rates = relay({});
    rates.limits.domains = {{"gmail.com", {{{5, seconds(1)}}, {}}}};
    CHECK_FALSE(time_of(rates, 1000));
}

TEST_CASE("the slowest of all limits says how long it takes") {
    CHECK(time_of(relay({{20, seconds(1)}}), 1201) == seconds(60));
    CHECK(time_of(relay({{20, seconds(1)}}, {{1, seconds(1)}}), 1201) == seconds(1200));
    CHECK(time_of(relay({{20, seconds(1)}, {500, minutes(1)}}), 1000) == seconds(85));
    CHECK(time_of(relay({{1, seconds(1)}, {500, minutes(1)}}), 1000) == seconds(999));
    CHECK(time_of(relay({{50000, days(1)}}), 50000) == seconds(86399));
    CHECK(time_of(relay({{20, seconds(1)}}), 1) == seconds(0));
    CHECK(time_of(relay({{20, seconds(1)}}), 0) == seconds(0));
}

TEST_CASE("a group's own limit counts for its mails alone") {
    RunRates rates = relay({{20, seconds(1)}});
    rates.limits.domains = {{"gmail.com", {{{1, seconds(1)}}, {}}}};
    DomainGroups groups(rates.limits.domains, 10);
    GroupId google = groups.of("gmail.com");
    auto with = [&](std::int64_t gmail) {
        return duration(rates, groups, {{kEverybodyElse, 10001 - gmail}, {google, gmail}},
                        evening().wall);
    };
    CHECK(with(100) == seconds(500));
    CHECK(with(1001) == seconds(1000));
}

TEST_CASE("a warm-up takes the days of its steps, and what is left of today") {
    RunRates rates = relay({{1, seconds(1)}});
    rates.limits.warm_up = WarmUp{std::chrono::floor<days>(evening().wall), {50, 100, 250}};
    CHECK(time_of(rates, 50) == seconds(49));
    CHECK(time_of(rates, 51) == hours(5));
    CHECK(time_of(rates, 150) == hours(5) + seconds(99));
    CHECK(time_of(rates, 400) == hours(29) + seconds(249));
    CHECK(time_of(rates, 1400) == hours(53) + seconds(999));
}

TEST_CASE("a day that is too short for its step passes the rest on") {
    RunRates rates = relay({{1, hours(1)}});
    rates.limits.warm_up = WarmUp{std::chrono::floor<days>(evening().wall), {50}};
    CHECK(time_of(rates, 5) == hours(4));
    CHECK(time_of(rates, 7) == hours(6));
}

TEST_CASE("what is said is never more than the limiters need, and not far from it") {
    std::mt19937 random(17);
    for (int round = 0; round < 100; ++round) {
        RunRates rates = relay(random_rates(random), random_rates(random));
        std::int64_t mails = 1 + static_cast<std::int64_t>(random() % 3000);
        auto said = time_of(rates, mails)->count();
        auto needed = simulated(rates, mails).count();
        CAPTURE(round);
        CHECK(said <= needed + 1);
        CHECK(static_cast<double>(needed) <= static_cast<double>(said) * 1.2 + 60);
    }
}

TEST_CASE("durations are shown in two units at most") {
    CHECK(shown_duration(seconds(0)) == "0 s");
    CHECK(shown_duration(seconds(99)) == "99 s");
    CHECK(shown_duration(seconds(100)) == "2 min");
    CHECK(shown_duration(minutes(99)) == "99 min");
    CHECK(shown_duration(seconds(50000)) == "13 h 53 min");
    CHECK(shown_duration(hours(48)) == "2 days 0 h");
    CHECK(shown_duration(days(2000) + hours(5)) == "2,000 days 5 h");
}
