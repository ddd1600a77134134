#include "transport/smtp/reconnection.h"

#include <doctest/doctest.h>
#include <vector>

using namespace tocsin;
using namespace std::chrono_literals;
using Kind = ConnectFailure::Kind;

TEST_CASE("settings that cannot work end it at once, also in mid-run") {
    Reconnection fresh;
    CHECK(fresh.failed(Kind::kSettings, false, 0s));
    Reconnection running;
    running.connected();
    running.proved();
    CHECK(running.failed(Kind::kSettings, true, 0s));
}

TEST_CASE("an unreachable server ends it at the start, and may come back in mid-run") {
    Reconnection fresh;
    CHECK(fresh.failed(Kind::kUnreachable, false, 0s));
    Reconnection running;
    running.connected();
    CHECK(!running.failed(Kind::kUnreachable, false, 0s));
}

TEST_CASE("tries in a row are bounded, and each waits longer") {
    Reconnection running;
    running.connected();
    running.proved();
    std::vector<Milliseconds> pauses;
    while (!running.failed(Kind::kTemporary, false, 100s)) {
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
    CHECK(!fresh.failed(Kind::kTemporary, false, 0s));
    CHECK(!fresh.failed(Kind::kTemporary, false, 0s));
    CHECK(fresh.failed(Kind::kTemporary, false, 0s));
}

TEST_CASE("while another connection lives a failure is a pause and never the end") {
    Reconnection running;
    running.connected();
    for (int i = 0; i < 100; ++i) CHECK(!running.failed(Kind::kTemporary, true, 5s));
    CHECK(running.not_before() > 5s);
    CHECK(!running.careful());
    running.proved();
    CHECK(running.not_before() == 0s);
}
