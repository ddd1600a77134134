#include "transport/smtp/reconnection.h"

#include <doctest/doctest.h>
#include <vector>

using namespace tocsin;
using namespace std::chrono_literals;
using Kind = ConnectFailure::Kind;

TEST_CASE("settings that cannot work end it at once, also in mid-run") {
    Reconnection fresh;
    CHECK(fresh.failed(Kind::kSettings, 0, 0s));
    Reconnection running;
    running.connected(1);
    running.proved();
    CHECK(running.failed(Kind::kSettings, 1, 0s));
}

TEST_CASE("an unreachable server ends it at the start, and may come back in mid-run") {
    Reconnection fresh;
    CHECK(fresh.failed(Kind::kUnreachable, 0, 0s));
    Reconnection running;
    running.connected(1);
    CHECK(!running.failed(Kind::kUnreachable, 0, 0s));
}

TEST_CASE("tries in a row are bounded, and each waits longer") {
    Reconnection running;
    running.connected(1);
    running.proved();
    std::vector<Milliseconds> pauses;
    while (!running.failed(Kind::kTemporary, 0, 100s)) {
        pauses.push_back(running.not_before() - 100s);
    }
    CHECK(pauses == std::vector<Milliseconds>{0s, 1s, 2s, 4s});
    CHECK(running.careful());
    running.start_anew();
    CHECK(!running.careful());
    CHECK(running.not_before() == 0s);
}

TEST_CASE("before any mail got through there are fewer tries, one at a time") {
    Reconnection fresh;
    CHECK(fresh.careful());
    CHECK(!fresh.failed(Kind::kTemporary, 0, 0s));
    CHECK(!fresh.failed(Kind::kTemporary, 0, 0s));
    CHECK(fresh.failed(Kind::kTemporary, 0, 0s));
}

TEST_CASE(
    "while others live a failure is never the end: no more than those, and each is replaced") {
    Reconnection running;
    running.connected(1);
    running.connected(2);
    CHECK(running.most(10, 5s) == 10);
    for (int i = 0; i < 100; ++i) CHECK(!running.failed(Kind::kTemporary, 2, 5s));
    CHECK(running.not_before() == 0s);
    CHECK(!running.careful());
    CHECK(running.most(10, 14s) == 2);
    CHECK(running.most(1, 14s) == 1);
    CHECK(running.most(10, 15s) == 10);
}

TEST_CASE("a server that allows ever fewer is not pressed, and one that allows more is believed") {
    Reconnection running;
    running.connected(3);
    running.failed(Kind::kTemporary, 3, 5s);
    running.failed(Kind::kTemporary, 1, 6s);
    CHECK(running.most(10, 7s) == 1);
    running.connected(2);  // one that was under way
    CHECK(running.most(10, 7s) == 2);
}
