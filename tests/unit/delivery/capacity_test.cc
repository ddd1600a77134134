#include "delivery/capacity.h"

#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

RunRates relay(Rates transport, Rates campaign = {}) {
    RunRates rates{"relay", {}, "night-buses", std::move(campaign)};
    rates.limits.rates = std::move(transport);
    return rates;
}

const WallTime kNine = WallTime(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}) + hours(9);

// So many hours from nine o'clock on, on so many days.
std::vector<OpenTime> open(int length, int on_days = 1) {
    std::vector<OpenTime> times;
    for (int day = 0; day < on_days; ++day) {
        times.push_back({kNine + days(day), kNine + days(day) + hours(length)});
    }
    return times;
}

std::int64_t fits(const RunRates& rates, std::int64_t mails, const std::vector<OpenTime>& times) {
    DomainGroups groups(rates.limits.domains, 10);
    return capacity(rates, groups, {{kEverybodyElse, mails}}, times);
}

}  // namespace

TEST_CASE("capacity: without limits everything fits, and in no time nothing") {
    CHECK(fits(relay({}), 12'000, open(1)) == 12'000);
    CHECK(fits(relay({{20, hours(1)}}), 12'000, {}) == 0);
    CHECK(fits(relay({}), 12'000, {}) == 0);
}

TEST_CASE("capacity: as many as the pace lets go, and no more than there are") {
    CHECK(fits(relay({{20, hours(1)}}), 12'000, open(9)) == 180);
    CHECK(fits(relay({{20, hours(1)}}), 100, open(9)) == 100);
    CHECK(fits(relay({{20, hours(1)}}, {{1, hours(1)}}), 12'000, open(9)) == 9);
}

TEST_CASE("capacity: windows of several days add up, each with its budgets fresh") {
    CHECK(fits(relay({{20, hours(1)}}), 12'000, open(4, 3)) == 240);
    CHECK(fits(relay({{1, seconds(1)}, {1000, days(1)}}), 12'000, open(4, 3)) == 3000);
}

TEST_CASE("capacity: a group's own rate holds back its own mails alone") {
    RunRates rates = relay({});
    rates.limits.domains = {{"gmail.com", {{{10, hours(1)}}, {}}}};
    DomainGroups groups(rates.limits.domains, 10);
    MailsByGroup mails{{kEverybodyElse, 500}, {groups.of("gmail.com"), 500}};
    CHECK(capacity(rates, groups, mails, open(9)) == 590);
}

TEST_CASE("capacity: a warm-up has so many a day by UTC, however often the window opens") {
    RunRates rates = relay({{1, seconds(1)}});
    rates.limits.warm_up = WarmUp{std::chrono::floor<days>(kNine), {50, 100, 250}};
    CHECK(fits(rates, 12'000, open(9)) == 50);
    CHECK(fits(rates, 12'000, open(9, 3)) == 400);
    CHECK(fits(rates, 12'000, open(1, 4)) == 400 + 3600);
    CHECK(fits(rates, 12'000, {{kNine, kNine + hours(24)}}) == 150);
    CHECK(fits(rates, 12'000, {{kNine, kNine + hours(1)}, {kNine + hours(2), kNine + hours(3)}}) ==
          50);
}

TEST_CASE("capacity: in one time it is what the duration says") {
    std::mt19937 random(23);
    for (int round = 0; round < 100; ++round) {
        RunRates rates = relay(random_rates(random), random_rates(random));
        DomainGroups groups({}, 10);
        const auto mails = static_cast<std::int64_t>(1 + random() % 3000);
        const auto needed = duration(rates, groups, {{kEverybodyElse, mails}}, kNine);
        CAPTURE(round);
        CHECK(fits(rates, mails, {{kNine, kNine + *needed + seconds(1)}}) == mails);
        if (*needed > seconds(1)) {
            CHECK(fits(rates, mails, {{kNine, kNine + *needed - seconds(1)}}) < mails);
        }
    }
}
