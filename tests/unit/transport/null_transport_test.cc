// The transports that other tests use in place of a real one keep the contract, too.
#include "support/null_transport.h"

#include <doctest/doctest.h>
#include <thread>

#include "unit/transport/support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

TEST_CASE("nothing is taken without a permit, and everything with one") {
    RecordingTransport transport;
    NotedDepartures departures;
    transport.departures = &departures;
    transport.submit(1, message_to("ann@example.org", "one"));
    transport.submit(2, message_to("bob@example.org", "two"));
    CHECK(transport.poll(0ms).empty());
    CHECK(transport.room() == transport.capacity() - 2);
    transport.permit(2);
    transport.permit(2);
    CHECK(shown(transport.poll(0ms)) == Lines{"2 finished at end of data: 250 2.0.0 taken"});
    CHECK(departures.tickets == std::vector<Ticket>{2});
    REQUIRE(transport.taken.size() == 1);
    CHECK(transport.taken[0].second.bytes == "two");
    CHECK(!transport.idle());
    transport.withdraw(1);
    CHECK(shown(transport.poll(0ms)) == Lines{"1 returned"});
    CHECK(transport.idle());
}

TEST_CASE("a recall gives back what waits, and a wake ends a poll") {
    NullTransport transport;
    transport.submit(1, message_to("ann@example.org"));
    transport.recall();
    CHECK(shown(transport.poll(0ms)) == Lines{"1 returned"});
    std::thread other([&] { transport.wake(); });
    CHECK(transport.poll(30s).empty());
    other.join();
}
