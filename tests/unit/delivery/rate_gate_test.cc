#include "delivery/rate_gate.h"

#include <doctest/doctest.h>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

struct NoStore : PaceStore {
    std::string read(const std::string&) override { return ""; }
    void write(const std::string&, const std::string&) override {}
};

// A gate, and what it says to one mail at a time.
struct Gate {
    ManualClock clock{WallTime(200'000h)};
    NoStore store;
    RateGate gate;
    explicit Gate(Rates rates = {})
        : gate({"api", {.rates = std::move(rates), .warm_up = {}, .domains = {}}, "alert", {}}, 1,
               clock, "boot") {}
    ClaimGate::Answer ask(const std::string& key) {
        gate.open(store);
        auto answer = gate.ask(key);
        gate.close(store);
        return answer;
    }
    void pause(Milliseconds length) {
        gate.take({.kind = GateFeedback::Kind::kAccepted,
                   .domain = "a.example",
                   .all_wait_until = clock.since_boot() + length});
    }
};

}  // namespace

TEST_CASE("while a provider wants nothing, nobody goes to any domain, and it is said until when") {
    Gate gate;
    CHECK(gate.ask("ann@a.example").kind == ClaimGate::Answer::Kind::kGo);
    gate.pause(1min);
    CHECK(gate.ask("ann@a.example").kind == ClaimGate::Answer::Kind::kAllWait);
    CHECK(gate.ask("bob@b.example").kind == ClaimGate::Answer::Kind::kAllWait);
    CHECK(gate.gate.wait().until == Microseconds(gate.clock.since_boot() + 1min));
    gate.clock.advance(1min);
    CHECK(gate.ask("bob@b.example").kind == ClaimGate::Answer::Kind::kGo);
}

TEST_CASE("a slot that came to nothing is not spent of the day") {
    Gate gate({{1000, 1s}, {2, 24h}});
    auto first = gate.ask("ann@a.example");
    gate.clock.advance(1s);
    CHECK(gate.ask("bob@b.example").kind == ClaimGate::Answer::Kind::kGo);
    gate.clock.advance(1s);
    CHECK(gate.ask("eve@e.example").kind == ClaimGate::Answer::Kind::kAllWait);
    gate.gate.take(
        {.kind = GateFeedback::Kind::kReturned, .domain = "a.example", .slot = first.slot});
    CHECK(gate.ask("eve@e.example").kind == ClaimGate::Answer::Kind::kGo);
    gate.clock.advance(1s);
    CHECK(gate.ask("ann@a.example").kind == ClaimGate::Answer::Kind::kAllWait);
}

TEST_CASE("a shorter pause that is told later does not end a longer one") {
    Gate gate({{100, 1s}});
    gate.pause(1h);
    gate.pause(1min);
    gate.clock.advance(30min);
    CHECK(gate.ask("ann@a.example").kind == ClaimGate::Answer::Kind::kAllWait);
    gate.clock.advance(31min);
    CHECK(gate.ask("ann@a.example").kind == ClaimGate::Answer::Kind::kGo);
}
