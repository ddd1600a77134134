#include "transport/http/waiting.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "unit/transport/support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

std::vector<Ticket> tickets(const std::vector<HttpJob>& jobs) {
    std::vector<Ticket> all;
    for (const HttpJob& job : jobs) all.push_back(job.ticket);
    return all;
}

void add(Waiting& waiting, Ticket ticket, Milliseconds at, std::size_t size = 10) {
    waiting.add(ticket, message_to("ann@example.org", std::string(size, 'x')));
    waiting.permit(ticket, at);
}

using Tickets = std::vector<Ticket>;

}  // namespace

TEST_CASE("only what is permitted is taken, in the order of the permits") {
    Waiting waiting({10, 10'000, 0ms});
    for (Ticket ticket : {1, 2, 3}) waiting.add(ticket, message_to("ann@example.org"));
    CHECK(!waiting.due());
    CHECK(waiting.take(1s).empty());
    waiting.permit(3, 1s);
    waiting.permit(1, 1s);
    waiting.permit(99, 1s);
    CHECK(tickets(waiting.take(1s)) == Tickets{3, 1});
    CHECK(waiting.size() == 1);
}

TEST_CASE("a partial batch waits for others from its first message's permit on, a full one not") {
    Waiting waiting({2, 10'000, 50ms});
    add(waiting, 1, 1000ms);
    CHECK(waiting.due() == 1050ms);
    CHECK(waiting.take(1049ms).empty());
    add(waiting, 2, 1040ms);
    add(waiting, 3, 1040ms);
    CHECK(tickets(waiting.take(1041ms)) == Tickets{1, 2});
    CHECK(waiting.due() == 1090ms);
    CHECK(tickets(waiting.take(1090ms)) == Tickets{3});
}

TEST_CASE("a batch is full by bytes, too, and one mail that is too large goes alone") {
    Waiting waiting({10, 100, 1h});
    add(waiting, 1, 0ms, 60);
    add(waiting, 2, 0ms, 60);
    add(waiting, 3, 0ms, 500);
    CHECK(tickets(waiting.take(1ms)) == Tickets{1});
    CHECK(tickets(waiting.take(1ms)) == Tickets{2});
    CHECK(tickets(waiting.take(1ms)) == Tickets{3});
    CHECK(!waiting.due());
}

TEST_CASE("a mail that must be alone waits for no other, and none goes with it") {
    Waiting waiting({10, 10'000, 50ms});
    add(waiting, 1, 0ms);
    for (Ticket ticket : {2, 3}) {
        waiting.add(ticket, message_to("ann@example.org"), true);
        waiting.permit(ticket, 0ms);
    }
    add(waiting, 4, 0ms);
    CHECK(waiting.due() == 50ms);
    CHECK(tickets(waiting.take(50ms)) == Tickets{1});
    CHECK(waiting.due() == 0ms);
    CHECK(tickets(waiting.take(1ms)) == Tickets{2});
    CHECK(tickets(waiting.take(1ms)) == Tickets{3});
    CHECK(waiting.due() == 50ms);
    CHECK(tickets(waiting.take(50ms)) == Tickets{4});
}

TEST_CASE("what is put back goes first, in its order") {
    Waiting waiting({2, 10'000, 0ms});
    for (Ticket ticket : {1, 2, 3}) add(waiting, ticket, 0ms);
    waiting.put_back(waiting.take(0ms));
    CHECK(tickets(waiting.take(0ms)) == Tickets{1, 2});
}

TEST_CASE("a permit is not withdrawn, and a recall takes all") {
    Waiting waiting({2, 10'000, 0ms});
    add(waiting, 1, 0ms);
    waiting.add(2, message_to("ann@example.org"));
    waiting.add(3, message_to("ann@example.org"));
    CHECK(!waiting.withdraw(1));
    CHECK(waiting.withdraw(2));
    auto all = waiting.recall();
    std::sort(all.begin(), all.end());
    CHECK(all == Tickets{1, 3});
    CHECK(waiting.size() == 0);
    CHECK(!waiting.due());
}
