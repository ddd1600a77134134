#include <doctest/doctest.h>
#include <thread>

#include "transport/http/transport.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

// A server that notes requests, and answers each with this.
struct Answering {
    Requests requests;
    ScriptedServer server;
    explicit Answering(int status, const std::string& body, const std::string& headers = "")
        : server(kept_alive([=, this](ServerSession&, const HeardRequest& request) {
              requests.add(request);
              return http_answer(status, headers, body);
          })) {}
};

const std::string kOk = " accepted at end of data: 200 ok";

}  // namespace

TEST_CASE("mails go out one after the other on one connection") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    CHECK(sending.send(3) == Lines{"1" + kOk, "2" + kOk, "3" + kOk});
    CHECK(provider.server.connections() == 1);
    CHECK(sending.departures.tickets == std::vector<Ticket>{1, 2, 3});
    const auto requests = provider.requests.all();
    REQUIRE(requests.size() == 3);
    CHECK(requests[0].line == "POST / HTTP/1.1");
    CHECK(requests[0].body == "ann@example.org hello\n");
    auto headers = requests[0].headers;
    CHECK(headers["Authorization"] == "Bearer key-of-tests");
    CHECK(headers["User-Agent"] == "tocsin");
    CHECK(!headers.contains("Expect"));
}

TEST_CASE("nothing connects, and nothing departs, before a message is permitted") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    CHECK(sending.transport->room() == 2);
    CHECK(sending.transport->capacity() == 2);
    sending.transport->submit(1, message_to("ann@example.org"));
    for (int i = 0; i < 5; ++i) sending.poll();
    CHECK(provider.server.connections() == 0);
    CHECK(sending.departures.tickets.empty());
    CHECK(sending.transport->room() == 1);
    sending.transport->permit(1);
    CHECK(sending.finish() == Lines{"1" + kOk});
}

TEST_CASE("what is withdrawn without a permit comes back, and what has one goes on") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    sending.transport->submit(1, message_to("ann@example.org"));
    sending.submit(2);
    sending.transport->withdraw(1);
    sending.transport->withdraw(2);
    sending.transport->withdraw(3);
    CHECK(sending.finish() == Lines{"1 returned", "2" + kOk});
    CHECK(provider.requests.all().size() == 1);
}

TEST_CASE("what is recalled comes back, permitted or not, and what has begun finishes") {
    std::mutex gate;
    std::unique_lock held(gate);
    Requests requests;
    ScriptedServer server(kept_alive([&](ServerSession&, const HeardRequest& request) {
        requests.add(request);
        std::lock_guard wait(gate);
        return http_answer(200, "", "ok");
    }));
    HttpSending sending(line_provider(server), quick());
    sending.submit(1);
    while (requests.all().empty()) sending.poll();
    sending.submit(2);
    sending.transport->submit(3, message_to("ann@example.org"));
    sending.transport->recall();
    held.unlock();
    CHECK(sending.finish() == Lines{"1" + kOk, "2 returned", "3 returned"});
    CHECK(requests.all().size() == 1);
}

TEST_CASE("another thread ends a poll") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    std::thread other([&] { sending.transport->wake(); });
    auto start = std::chrono::steady_clock::now();
    sending.poll(30s);
    other.join();
    CHECK(std::chrono::steady_clock::now() - start < 20s);
}

TEST_CASE("requests go side by side, as many as agreed and no more") {
    std::atomic<int> now = 0, most = 0;
    ScriptedServer server(kept_alive([&](ServerSession&, const HeardRequest&) {
        most = std::max<int>(most, ++now);
        for (int i = 0; i < 500 && most < 3; ++i) std::this_thread::sleep_for(10ms);
        --now;
        return http_answer(200, "", "ok");
    }));
    HttpSending sending(line_provider(server), quick(3));
    CHECK(sending.transport->capacity() == 6);
    CHECK(sending.send(12).size() == 12);
    CHECK(most == 3);
    CHECK(server.connections() == 3);
}

TEST_CASE("a message that takes a request of its own gets one, and the order stays") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server, 10), quick(1, 6));
    for (Ticket ticket : {1, 2}) sending.submit(ticket);
    for (Ticket ticket : {3, 4}) sending.submit(ticket, "alone@example.org");
    for (Ticket ticket : {5, 6}) sending.submit(ticket);
    CHECK(sending.finish().size() == 6);
    CHECK(provider.requests.sizes() == std::vector<long>{2, 1, 1, 2});
    CHECK(sending.departures.tickets == std::vector<Ticket>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a full batch goes at once, and what is left of it after a moment") {
    Answering provider(200, "ok");
    HttpSettings settings = quick(1, 3);
    settings.limits.linger = 1h;
    HttpSending full(line_provider(provider.server, 10), settings);
    CHECK(full.send(3) == Lines{"1" + kOk, "2" + kOk, "3" + kOk});
    CHECK(provider.requests.sizes() == std::vector<long>{3});
    full.submit(4);
    for (int i = 0; i < 3; ++i) full.poll();
    CHECK(!full.transport->idle());

    Answering other(200, "ok");
    HttpSending lingering(line_provider(other.server, 10), quick(1, 3));
    CHECK(lingering.send(4).size() == 4);
    CHECK(other.requests.sizes() == std::vector<long>{3, 1});
}

TEST_CASE("a batch has no more messages than the provider takes, nor more bytes") {
    Answering provider(200, "ok");
    HttpSending few(line_provider(provider.server, 2), quick(1, 50));
    CHECK(few.send(3).size() == 3);
    CHECK(provider.requests.sizes() == std::vector<long>{2, 1});

    Answering narrow(200, "ok");
    auto provider_of_few_bytes = line_provider(narrow.server, 10);
    // The messages have 20, the lines that are made of them 22.
    provider_of_few_bytes->bytes = 44;
    HttpSending sending(std::move(provider_of_few_bytes), quick(1, 10));
    CHECK(sending.send(8).size() == 8);
    for (long size : narrow.requests.sizes()) CHECK(size <= 2);
}

TEST_CASE("each message of a batch has its own answer") {
    Answering provider(200, "ok no later account what");
    HttpSending sending(line_provider(provider.server, 5), quick(1, 5));
    CHECK(sending.send(5) ==
          Lines{"1" + kOk, "2 refused at end of data: 200 no", "3 later at end of data: 200 later",
                "4 account at end of data: 200 account", "5 unclear at end of data: 200 what"});
}

TEST_CASE("answers that do not fit the messages are nobody's") {
    Answering provider(200, "ok ok");
    HttpSending sending(line_provider(provider.server, 3), quick(1, 3));
    const std::string unclear = " unclear at end of data: 200 the answer cannot be understood";
    CHECK(sending.send(3) == Lines{"1" + unclear, "2" + unclear, "3" + unclear});
    CHECK(provider.requests.all().size() == 1);

    auto throwing = line_provider(provider.server);
    throwing->throws = true;
    HttpSending other(std::move(throwing), quick());
    CHECK(other.send(1) == Lines{"1" + unclear});
}

TEST_CASE("what the provider cannot take is refused without a request") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    sending.submit(1, "faulty@example.org");
    sending.submit(2);
    CHECK(sending.finish() == Lines{"1 finished at mail (it has no reply address)", "2" + kOk});
    CHECK(provider.requests.all().size() == 1);
    CHECK(sending.departures.tickets == std::vector<Ticket>{2});
}

TEST_CASE("a large body arrives whole, and departs with its last piece") {
    Answering provider(200, "ok");
    HttpSending sending(line_provider(provider.server), quick());
    const std::string big(900'000, 'x');
    sending.submit(1, "ann@example.org", big);
    CHECK(sending.finish() == Lines{"1" + kOk});
    CHECK(provider.requests.all().at(0).body == "ann@example.org " + big + "\n");
    CHECK(sending.departures.tickets == std::vector<Ticket>{1});
}

TEST_CASE("a transport says what its provider says of probe, allowance and form") {
    ScriptedServer server(http_script([](const HeardRequest& request) {
        return http_response(request.line.starts_with("GET /probe") ? 403 : 200, "", "14");
    }));
    HttpSending sending(line_provider(server), quick());
    CHECK_THROWS_WITH_AS(sending.transport->probe(), "the key is not valid", Unavailable);
    CHECK(sending.transport->allowance() == Rates{{14, 1s}});
    CHECK(sending.transport->form() == MessageForm::kMime);
    sending.transport->close();
}
