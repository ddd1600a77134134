#include "probe/host_gate.h"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>
#include <vector>

using namespace tocsin;

TEST_CASE("a host gets no more requests at once than it may") {
    HostGate gate(2);
    std::atomic<int> at_once = 0, most = 0, done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                gate.pass("a.test", [&] {
                    int now = ++at_once;
                    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                    }
                    std::this_thread::yield();
                    --at_once;
                    ++done;
                    return Visit{200};
                });
            });
        }
    }
    CHECK(done == 8);
    CHECK(most <= 2);
}

TEST_CASE("a host that gave no sign of life twice is not asked again") {
    for (const Visit& trouble : {Visit{0, "", Visit::Trouble::kTimeout, "timed out"},
                                 Visit{0, "", Visit::Trouble::kHost, "unknown"}, Visit{429}}) {
        HostGate gate(2);
        int asked = 0;
        auto ask = [&] { return ++asked, trouble; };
        gate.pass("a.test", ask);
        gate.pass("a.test", ask);
        Visit third = gate.pass("a.test", ask);
        CHECK(asked == 2);
        CHECK(third.said == trouble.said);
        CHECK(third.status == trouble.status);
        CHECK(gate.pass("b.test", [] { return Visit{200}; }).status == 200);
    }
}

TEST_CASE("an error page is a sign of life") {
    HostGate gate(1);
    int asked = 0;
    for (int i = 0; i < 5; ++i) gate.pass("a.test", [&] { return ++asked, Visit{500}; });
    CHECK(asked == 5);
}
