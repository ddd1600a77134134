#include "delivery/rates/rate_book.h"

#include <doctest/doctest.h>
#include <map>

#include "hand_out.h"
#include "rates_support.h"

using namespace tocsin;

namespace {

const Rate kTwenty{20, seconds(1)};
const Rate kFive{5, seconds(1)};

RunRates relay(Rates transport, Rates campaign = {},
               std::map<std::string, DomainLimits> domains = {}) {
    RunRates rates{"relay", {}, "night-buses", std::move(campaign)};
    rates.limits.rates = std::move(transport);
    rates.limits.domains = std::move(domains);
    return rates;
}

struct Sent {
    std::map<GroupId, std::vector<Microseconds>> by_group;
    std::vector<Microseconds> all;
};

// When a run asks again: every 100 ms, and in time for what is due.
Moment next_asking(const Moment& now, const HandOut& out) {
    Microseconds wait = Milliseconds(100);
    if (out.next) wait = std::min(wait, *out.next - kNearlyDue - now.boot);
    return later(now, std::max<Microseconds>(wait, Milliseconds(1)));
}

// Sends from an endless list of these groups in turn, of which thirty each are looked at, with a
// look ahead of 200 ms.
Sent send(RateBook& book, const std::vector<GroupId>& mix, Microseconds length) {
    Sent sent;
    std::vector<GroupId> waiting;
    for (int i = 0; i < 30; ++i) waiting.insert(waiting.end(), mix.begin(), mix.end());
    Microseconds end = evening().boot + length;
    for (Moment now = evening(); now.boot < end;) {
        HandOut out = hand_out(book, waiting, 100, now, now.boot + Milliseconds(200));
        for (const Grant& grant : out.grants) {
            if (grant.slot >= end) continue;
            sent.by_group[waiting[grant.candidate]].push_back(grant.slot);
            sent.all.push_back(grant.slot);
        }
        now = next_asking(now, out);
    }
    return sent;
}

}  // namespace

TEST_CASE("only what has a limit has a record") {
    CHECK(RateBook(relay({}), DomainGroups({}, 10)).scopes().empty());
    RunRates rates =
        relay({kTwenty}, {kFive}, {{"gmail.com", {{kFive}, {}}}, {"quay.example", {{}, 3}}});
    rates.limits.warm_up = WarmUp{{}, {50}};
    DomainGroups groups(rates.limits.domains, 10);
    CHECK(RateBook(rates, groups).scopes() ==
          std::vector<std::string>{"transport/relay", "warm-up/relay", "campaign/night-buses",
                                   "transport/relay/domain/google.com"});
}

TEST_CASE("of two rates with the same period the tighter one holds, in either order") {
    for (const Rates& rates :
         {Rates{{5, seconds(1)}, {20, seconds(1)}, {90, days(1)}, {7, days(1)}},
          Rates{{20, seconds(1)}, {5, seconds(1)}, {7, days(1)}, {90, days(1)}}}) {
        RunRates both = relay(rates);
        DomainGroups groups({}, 10);
        RateBook book(both, groups);
        Sent sent = send(book, {kEverybodyElse}, seconds(10));
        CHECK(sent.all.size() == 7);
        CHECK(most_in(sent.all, seconds(1)) <= 5);
    }
}

TEST_CASE("a mail takes a slot of every limit, or of none") {
    RunRates rates = relay({kTwenty}, {{4, seconds(1)}}, {{"gmail.com", {{{1, minutes(1)}}, {}}}});
    DomainGroups groups(rates.limits.domains, 10);
    RateBook book(rates, groups);
    Moment now = evening();
    GroupId google = groups.of("gmail.com");
    std::vector<GroupId> two = {google, google};
    HandOut out = hand_out(book, two, 9, now, now.boot + Milliseconds(200));
    REQUIRE(out.grants.size() == 1);
    CHECK(out.next == now.boot + minutes(1));
    CHECK(book.changed(now).size() == 3);
    CHECK(book.earliest(now) == now.boot + Milliseconds(250));
    CHECK(book.changed(now).empty());
    CHECK(hand_out(book, two, 9, now, now.boot + seconds(5)).grants.empty());
    CHECK(book.earliest(now) == now.boot + Milliseconds(250));
    CHECK(book.changed(now).empty());
}

TEST_CASE("a slow group does not hold up the others: 5/s to gmail.com, all else at full rate") {
    RunRates rates = relay({kTwenty}, {}, {{"gmail.com", {{kFive}, {}}}});
    DomainGroups groups(rates.limits.domains, 10);
    RateBook book(rates, groups);
    GroupId google = groups.of("gmail.com");
    Sent sent = send(book, {google, google, google, kEverybodyElse}, minutes(1));
    CHECK(sent.all.size() == 1200);
    CHECK(sent.by_group[google].size() == 300);
    CHECK(keeps(sent.all, {kTwenty}));
    CHECK(keeps(sent.by_group[google], {kFive}));
}

TEST_CASE("a group alone gets its own rate, also where the transport's grid does not fit it") {
    for (int rate : {7, 13, 19}) {
        RunRates rates = relay({kTwenty}, {}, {{"gmail.com", {{{rate, seconds(1)}}, {}}}});
        DomainGroups groups(rates.limits.domains, 10);
        RateBook book(rates, groups);
        Sent sent = send(book, {groups.of("gmail.com")}, minutes(1));
        CHECK(sent.all.size() >= static_cast<std::size_t>(rate * 60));
        CHECK(keeps(sent.all, {{rate, seconds(1)}}));
    }
}

TEST_CASE("among those who can go, the first come goes first, and slots come in order") {
    RunRates rates = relay({kTwenty}, {}, {{"gmail.com", {{kFive}, {}}}});
    DomainGroups groups(rates.limits.domains, 10);
    RateBook book(rates, groups);
    GroupId google = groups.of("gmail.com");
    std::vector<GroupId> waiting = {kEverybodyElse, kEverybodyElse, google,
                                    google,         kEverybodyElse, groups.of("me.com")};
    HandOut out = hand_out(book, waiting, 5, evening(), evening().boot + seconds(1));
    std::vector<std::size_t> order;
    for (const Grant& grant : out.grants) order.push_back(grant.candidate);
    CHECK(order == std::vector<std::size_t>{0, 1, 2, 4, 5});
    CHECK(out.next == evening().boot + Milliseconds(300));
}

TEST_CASE("without limits everybody gets the present moment") {
    RateBook book(relay({}), DomainGroups({}, 10));
    std::vector<GroupId> waiting(100, kEverybodyElse);
    HandOut out = hand_out(book, waiting, 1000, evening(), evening().boot);
    CHECK(out.grants.size() == 100);
    CHECK_FALSE(out.next);
    for (const Grant& grant : out.grants) CHECK(grant.slot == evening().boot);
}

TEST_CASE("nobody reserves the whole future") {
    RateBook book(relay({kTwenty}), DomainGroups({}, 10));
    std::vector<GroupId> waiting(10000, kEverybodyElse);
    HandOut out = hand_out(book, waiting, 10000, evening(), evening().boot + hours(1));
    CHECK(out.grants.size() == 201);
}

TEST_CASE(
    "processes that share the records, campaigns and reboots together keep the transport's rates") {
    std::mt19937 random(21);
    for (int round = 0; round < 40; ++round) {
        Rates shared = random_rates(random);
        Rates own = random_rates(random);
        std::map<std::string, std::string> ledger;
        std::vector<Microseconds> all, second;  // by the wall clock
        Moment now = evening();
        for (int step = 0; step < 300; ++step) {
            bool is_second = random() % 2 == 0;
            RunRates rates = relay(shared, is_second ? own : Rates{});
            rates.campaign = is_second ? "second" : "first";
            RateBook book(rates, DomainGroups({}, 10));
            for (const std::string& scope : book.scopes()) {
                if (ledger.contains(scope)) CHECK(book.load(scope, ledger[scope], now));
            }
            std::vector<GroupId> waiting(random() % 40, kEverybodyElse);
            HandOut out = hand_out(book, waiting, 100, now, now.boot + Milliseconds(500));
            for (const Grant& grant : out.grants) {
                Microseconds wall = now.wall.time_since_epoch() + (grant.slot - now.boot);
                all.push_back(wall);
                if (is_second) second.push_back(wall);
            }
            for (auto& changed : book.changed(now)) ledger[changed.scope] = changed.record;
            now = later(now, Milliseconds(random() % 1500));
            if (random() % 40 == 0) now = rebooted(now, Milliseconds(random() % 90000));
        }
        CHECK(keeps(all, shared));
        CHECK(keeps(second, own));
    }
}

TEST_CASE("two processes in turn get all that one would get") {
    std::map<std::string, std::string> ledger;
    Moment now = evening();
    std::vector<Microseconds> all;
    for (int step = 0; step < 600; ++step, now = later(now, Milliseconds(100))) {
        RateBook book(relay({kTwenty, {500, minutes(1)}}), DomainGroups({}, 10));
        if (!ledger.empty()) CHECK(book.load("transport/relay", ledger["transport/relay"], now));
        std::vector<GroupId> waiting(100, kEverybodyElse);
        for (const Grant& grant :
             hand_out(book, waiting, 100, now, now.boot + Milliseconds(200)).grants) {
            all.push_back(grant.slot);
        }
        for (auto& changed : book.changed(now)) ledger[changed.scope] = changed.record;
    }
    CHECK(all.size() == 500);
    CHECK(all[499] - all[0] == 499 * Milliseconds(50));
}

TEST_CASE("a slow campaign leaves the transport's slots between its own to another process") {
    std::map<std::string, std::string> ledger;
    RunRates rates[2] = {relay({{200, seconds(1)}}, {{15, seconds(1)}}),
                         relay({{200, seconds(1)}})};
    Moment asks[2] = {evening(), later(evening(), Milliseconds(37))};
    std::size_t sent[2] = {0, 0};
    for (;;) {
        std::size_t who = asks[0].boot < asks[1].boot ? 0 : 1;
        Moment now = asks[who];
        if (now.boot >= evening().boot + minutes(1)) break;
        RateBook book(rates[who], DomainGroups({}, 10));
        for (const std::string& scope : book.scopes()) {
            if (ledger.contains(scope)) book.load(scope, ledger[scope], now);
        }
        std::vector<GroupId> waiting(100, kEverybodyElse);
        HandOut out = hand_out(book, waiting, 100, now, now.boot + Milliseconds(200));
        sent[who] += out.grants.size();
        for (auto& changed : book.changed(now)) ledger[changed.scope] = changed.record;
        asks[who] = next_asking(now, out);
    }
    CHECK(sent[0] + sent[1] >= 12000);
    CHECK(sent[0] >= 300);
}

TEST_CASE("an unreadable record is said, spent, and written anew") {
    Moment now = evening();
    RateBook book(relay({kTwenty, {500, minutes(1)}}), DomainGroups({}, 10));
    CHECK_FALSE(book.load("transport/relay", "9 from the future", now));
    CHECK(book.earliest(now) > now.boot + minutes(1));
    CHECK(book.earliest(now) < now.boot + seconds(75));
    auto changed = book.changed(now);
    REQUIRE(changed.size() == 1);
    CHECK(book.load("transport/relay", changed[0].record, now));
}

TEST_CASE("whatever a record says, it blocks for no longer than the longest period") {
    std::mt19937 random(13);
    RunRates rates = relay({kTwenty, {500, minutes(1)}, {10000, hours(1)}});
    rates.limits.warm_up = WarmUp{std::chrono::floor<days>(evening().wall), {300, 400}};
    RateBook sound(rates, DomainGroups({}, 10));
    for (int i = 0; i < 300; ++i) sound.take(kEverybodyElse, sound.earliest(evening()), evening());
    std::vector<RateBook::Changed> records = sound.changed(evening());
    for (unsigned round = 0; round < 20000; ++round) {
        RateBook book(rates, DomainGroups({}, 10));
        RateBook::Changed damaged = records[round % records.size()];
        for (int edits = 0; edits < 4; ++edits) {
            damaged.record[random() % damaged.record.size()] = "0123456789 \n-x"[random() % 14];
        }
        Moment now = round % 3 == 0 ? rebooted(evening(), seconds(9)) : evening();
        book.load(damaged.scope, damaged.record, now);
        CHECK(book.earliest(now) <= now.boot + hours(24) + kFarthestAhead + seconds(1));
    }
}

TEST_CASE(
    "a warm-up day that is spent holds everybody until midnight, at the transport's pace after "
    "it") {
    RunRates rates = relay({kTwenty});
    rates.limits.warm_up = WarmUp{std::chrono::floor<days>(evening().wall), {3, 4}};
    RateBook book(rates, DomainGroups({}, 10));
    std::vector<GroupId> waiting(10, kEverybodyElse);
    HandOut out = hand_out(book, waiting, 10, evening(), evening().boot + seconds(1));
    CHECK(out.grants.size() == 3);
    CHECK(out.next == evening().boot + hours(5));
    Moment midnight = later(evening(), hours(5));
    out = hand_out(book, waiting, 10, midnight, midnight.boot + seconds(1));
    CHECK(out.grants.size() == 4);
    CHECK(out.grants[3].slot - out.grants[0].slot == Milliseconds(150));
}

TEST_CASE("a throttled group pauses and slows, and is free again") {
    RunRates rates = relay({kTwenty});
    DomainGroups groups({}, 10);
    RateBook book(rates, groups);
    GroupId quay = groups.separate("quay.example");
    Moment now = evening();
    book.slow(quay, Rate{30, minutes(1)}, now.boot + seconds(30));
    CHECK(book.earliest(quay, now) == now.boot + seconds(30));
    CHECK(book.earliest(kEverybodyElse, now) == now.boot);
    now = later(now, seconds(40));
    book.take(quay, book.earliest(quay, now), now);
    CHECK(book.earliest(quay, now) == now.boot + seconds(2));
    book.slow(quay, Rate{33, minutes(1)}, now.boot - seconds(10));
    CHECK(book.earliest(quay, now) == now.boot + seconds(2));
    book.slow(quay, std::nullopt, now.boot - seconds(10));
    CHECK(book.earliest(quay, now) == now.boot + Milliseconds(50));
}
