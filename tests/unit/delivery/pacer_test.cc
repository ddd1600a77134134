#include "delivery/rates/pacer.h"

#include <deque>
#include <doctest/doctest.h>

#include "rates_support.h"

using namespace tocsin;

namespace {

// Sends for `length` as a loop would: reserves 200 ms ahead, waits for the next mail's time, wakes
// `lateness()` after it, and throws slots away that have lapsed.
template <class Lateness>
std::vector<Microseconds> run(const Rate& rate, Microseconds length, Lateness lateness) {
    RunRates rates{"relay", {.rates = {rate}, .warm_up = {}, .domains = {}}, "c", {}};
    DomainGroups groups({}, 10);
    RateBook book(rates, groups);
    Pacers pacers(rates, groups);
    std::deque<Microseconds> slots;
    std::vector<Microseconds> begun;
    Moment now = evening();
    const Microseconds end = now.boot + length;
    while (now.boot < end) {
        while (slots.empty() || slots.back() < now.boot + Milliseconds(200)) {
            slots.push_back(book.earliest(now));
            book.take(kEverybodyElse, slots.back(), now);
        }
        auto at = pacers.ready(kEverybodyElse, slots.front(), now.boot);
        if (at && *at > now.boot) {
            now = later(now, *at - now.boot + Microseconds(lateness()));
            continue;
        }
        if (at && now.boot < end) {
            pacers.begun(kEverybodyElse, now.boot);
            begun.push_back(now.boot);
        }
        slots.pop_front();
    }
    return begun;
}

}  // namespace

TEST_CASE("delays of a loop do not add up: a minute at 20/s loses less than two in a hundred") {
    std::mt19937 random(1);
    for (int most : {0, 1000, 2000, 10000}) {
        CAPTURE(most);
        auto begun =
            run({20, seconds(1)}, minutes(1), [&] { return most == 0 ? 0 : random() % most; });
        CHECK(begun.size() >= 1176);
        CHECK(begun.size() <= 1200);
        CHECK(most_in(begun, Milliseconds(950)) <= 20);
    }
}

TEST_CASE("no window of actual beginnings holds one too many, whatever the rate and the delays") {
    std::mt19937 random(2);
    for (int round = 0; round < 60; ++round) {
        Rate rate = random_rates(random).front();
        Microseconds period = rate.period;
        auto most = 1 + random() % static_cast<unsigned>(period.count() / 10);
        auto begun = run(rate, 3 * period, [&]() -> long {
            return random() % 3 != 0 ? 0 : static_cast<long>(random() % most);
        });
        CHECK(keeps(begun, {rate}));
    }
}

TEST_CASE("a pace of thousands a second keeps its window and loses little") {
    std::mt19937 random(4);
    Rate rate{5000, seconds(1)};
    auto begun = run(rate, seconds(10), [&] { return random() % 8 == 0 ? random() % 2000 : 0; });
    CHECK(keeps(begun, {rate}));
    CHECK(begun.size() > 48000);
}

TEST_CASE("after a stall mails do not catch up in a burst") {
    int mails = 0;
    auto begun = run({20, seconds(1)}, seconds(10), [&] { return ++mails == 50 ? 700'000 : 0; });
    CHECK(keeps(begun, {{20, seconds(1)}}));
    for (std::size_t i = 1; i < begun.size(); ++i)
        CHECK(begun[i] - begun[i - 1] >= Milliseconds(23));
    CHECK(begun.size() >= 200 - 15);
}

TEST_CASE("no mail begins before its slot, nor with one that has lapsed") {
    RunRates rates{"relay", {.rates = {{20, seconds(1)}}, .warm_up = {}, .domains = {}}, "c", {}};
    Pacers pacers(rates, DomainGroups({}, 10));
    Microseconds slot = hours(1);
    CHECK(pacers.ready(kEverybodyElse, slot, slot - seconds(1)) == slot);
    CHECK(pacers.ready(kEverybodyElse, slot, slot + Milliseconds(50)) == slot);
    CHECK_FALSE(pacers.ready(kEverybodyElse, slot, slot + Milliseconds(50) + Microseconds(1)));
    pacers.begun(kEverybodyElse, slot + Milliseconds(45));
    CHECK(pacers.ready(kEverybodyElse, slot + Milliseconds(50), slot) == slot + Milliseconds(68));
}

TEST_CASE("a slot that the mails before it delay too much has lapsed, too") {
    RunRates rates{"relay", {.rates = {{1, seconds(1)}}, .warm_up = {}, .domains = {}}, "c", {}};
    Pacers pacers(rates, DomainGroups({}, 10));
    pacers.begun(kEverybodyElse, hours(1));
    Microseconds slot = hours(1) + Milliseconds(951);
    CHECK(pacers.ready(kEverybodyElse, slot, slot) == hours(1) + seconds(1));
    CHECK_FALSE(pacers.ready(kEverybodyElse, slot - Milliseconds(2), slot - Milliseconds(2)));
}

TEST_CASE("mails without limits are always ready") {
    Pacers pacers({"relay", {}, "c", {}}, DomainGroups({}, 10));
    CHECK(pacers.ready(kEverybodyElse, hours(1), hours(9)) == hours(1));
}

TEST_CASE("a group's pace is kept beside the transport's") {
    TransportLimits limits;
    limits.rates = {{20, seconds(1)}};
    limits.domains = {{"gmail.com", {{{5, seconds(1)}}, {}}}};
    DomainGroups groups(limits.domains, 10);
    Pacers pacers({"relay", limits, "c", {}}, groups);
    GroupId google = groups.of("gmail.com");
    pacers.begun(google, hours(1));
    CHECK(pacers.ready(google, hours(1) + Milliseconds(60), hours(1)) ==
          hours(1) + Milliseconds(98));
    CHECK(pacers.ready(kEverybodyElse, hours(1) + Milliseconds(60), hours(1)) ==
          hours(1) + Milliseconds(60));
}
