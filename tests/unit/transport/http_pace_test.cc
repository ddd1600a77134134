// What a provider says of the pace, and asking again where it remembers requests.
#include <doctest/doctest.h>
#include <thread>

#include "transport/http/transport.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const std::string kOk = " accepted at end of data: 200 ok";

// Answers the requests by their number, from 1; an empty answer drops the connection.
struct Numbered {
    Requests requests;
    std::atomic<int> count = 0;
    ScriptedServer server;
    explicit Numbered(std::function<std::string(int)> answer)
        : server(kept_alive([=, this](ServerSession&, const HeardRequest& request) {
              requests.add(request);
              return answer(++count);
          })) {}
};

std::string key_of(const HeardRequest& request) {
    auto found = request.headers.find("Idempotency-Key");
    return found == request.headers.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("a short Retry-After is waited out, and the account's pause is told") {
    Numbered provider([](int number) {
        return number == 1 ? http_answer(429, "Retry-After: 1\r\n", "fast")
                           : http_answer(200, "", "ok");
    });
    HttpSending sending(line_provider(provider.server), quick());
    auto start = std::chrono::steady_clock::now();
    CHECK(sending.send(2) == Lines{"1 throttled pause 1000 at end of data: 429 fast", "2" + kOk});
    CHECK(std::chrono::steady_clock::now() - start >= 900ms);
}

TEST_CASE("while a long pause lasts nothing is asked, and what waits comes back") {
    Numbered provider([](int) { return http_answer(200, "Retry-After: 60\r\n", "ok"); });
    ManualClock clock(kRealClock.now());
    HttpSending sending(line_provider(provider.server), quick(), clock);
    CHECK(sending.send(3) ==
          Lines{"1 accepted pause 60000 at end of data: 200 ok", "2 returned", "3 returned"});
    CHECK(provider.requests.all().size() == 1);
    CHECK(sending.transport->room() == 0);
    clock.advance(61s);
    CHECK(sending.transport->room() == 2);
    CHECK(sending.send(1).size() == 1);
    CHECK(provider.requests.all().size() == 2);
}

TEST_CASE("in a short pause there is room for nothing: a pace would be made up for at its end") {
    Numbered provider([](int) { return http_answer(200, "Retry-After: 5\r\n", "ok"); });
    ManualClock clock(kRealClock.now());
    HttpSending sending(line_provider(provider.server, 2), quick(2, 2), clock);
    CHECK(sending.transport->room() == 8);
    CHECK(sending.send(2) == Lines{"1 accepted pause 5000 at end of data: 200 ok",
                                   "2 accepted pause 5000 at end of data: 200 ok"});
    CHECK(sending.transport->room() == 0);
    clock.advance(5s);
    CHECK(sending.transport->room() == 8);
}

TEST_CASE("too fast, and not told for how long: fewer requests go side by side for a while") {
    std::atomic<int> now = 0, most = 0, count = 0;
    ScriptedServer server(kept_alive([&](ServerSession&, const HeardRequest&) {
        const int number = ++count;
        if (number == 1) return http_answer(429, "", "fast");
        ++now;
        most = std::max<int>(most, now);
        std::this_thread::sleep_for(20ms);
        --now;
        return http_answer(200, "", "ok");
    }));
    HttpSending sending(line_provider(server), quick(4));
    CHECK(sending.send(1) == Lines{"1 throttled at end of data: 429 fast"});
    CHECK(sending.send(8).size() == 8);
    CHECK(most <= 2);
}

TEST_CASE("a provider that remembers is asked again with the same key and body") {
    for (bool dropped : {true, false}) {
        CAPTURE(dropped);
        Numbered provider([=](int number) {
            if (number == 1) return dropped ? std::string() : http_answer(500, "", "oops");
            return http_answer(200, "", "ok");
        });
        HttpSending sending(line_provider(provider.server, 2, 1h), quick(1, 2));
        CHECK(sending.send(3) == Lines{"1" + kOk, "2" + kOk, "3" + kOk});
        const auto requests = provider.requests.all();
        REQUIRE(requests.size() == 3);
        CHECK(key_of(requests[0]).size() == 64);
        CHECK(key_of(requests[0]) == key_of(requests[1]));
        CHECK(requests[0].body == requests[1].body);
        CHECK(key_of(requests[2]) != key_of(requests[0]));
    }
}

TEST_CASE("a conflict with the request that is still worked on is waited out") {
    Numbered provider([](int number) {
        if (number == 1) return std::string();
        return number == 2 ? http_answer(409, "", "busy") : http_answer(200, "", "ok");
    });
    HttpSending sending(line_provider(provider.server, 1, 1h), quick());
    CHECK(sending.send(1) == Lines{"1" + kOk});
    CHECK(provider.requests.all().size() == 3);
}

TEST_CASE("what is said of being asked again proves nothing but an acceptance or a refusal") {
    for (const char* said : {"fast", "later", "account"}) {
        CAPTURE(said);
        Numbered provider(
            [=](int number) { return number == 1 ? std::string() : http_answer(429, "", said); });
        HttpSending sending(line_provider(provider.server, 1, 1h), quick());
        Lines outcomes = sending.send(1);
        REQUIRE(!outcomes.empty());
        CHECK(outcomes[0] == "1 unclear at end of data: 429 " + std::string(said));
        CHECK(provider.requests.all().size() == 3);
    }
    Numbered refusing(
        [](int number) { return number == 1 ? std::string() : http_answer(422, "", "no"); });
    HttpSending sending(line_provider(refusing.server, 1, 1h), quick());
    CHECK(sending.send(1) == Lines{"1 refused at end of data: 422 no"});
}

TEST_CASE("nobody is asked again after the provider may have forgotten") {
    Numbered provider(
        [](int number) { return number == 1 ? std::string() : http_answer(200, "", "ok"); });
    HttpSettings settings = quick();
    settings.limits.ask_again = {10s};
    HttpSending sending(line_provider(provider.server, 1, 5s), settings);
    Lines outcomes = sending.send(1);
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes[0].starts_with("1 unclear at end of data ("));
    CHECK(provider.requests.all().size() == 1);
}

TEST_CASE("who waits to be asked again is in doubt when the run stops") {
    Numbered provider([](int) { return std::string(); });
    HttpSettings settings = quick();
    settings.limits.ask_again = {1h};
    HttpSending sending(line_provider(provider.server, 1, 24h), settings);
    sending.submit(1);
    while (provider.requests.all().empty()) sending.poll();
    for (int i = 0; i < 5; ++i) sending.poll();
    CHECK(sending.outcomes.empty());
    CHECK(!sending.transport->idle());
    sending.transport->recall();
    Lines outcomes = sending.finish();
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes[0].starts_with("1 unclear at end of data ("));
    CHECK(provider.requests.all().size() == 1);
}
