// What goes wrong on the way to a provider, and that nobody is mailed twice for it.
#include <cstdlib>
#include <doctest/doctest.h>
#include <thread>

#include "transport/http/transport.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const std::string kOk = " accepted at end of data: 200 ok";
const std::string kClosed = " unclear at end of data (";

// Answers the requests of `good` connections' first ones; drops what `drops` says without a word.
struct Dropping {
    Requests requests;
    ScriptedServer server;
    explicit Dropping(std::function<bool(int connection, int request)> drops)
        : server([=, this](ServerSession& session) {
              for (int number = 1;; ++number) {
                  requests.add(hear_request(session));
                  if (drops(session.number(), number)) return;
                  session.say(http_answer(200, "", "ok"));
              }
          }) {}
};

bool in_doubt(const std::string& outcome) {
    return outcome.find(kClosed) != std::string::npos;
}

}  // namespace

TEST_CASE("a reused connection that dies without an answer is not tried again by libcurl") {
    Dropping provider([](int connection, int request) { return connection == 1 && request == 2; });
    HttpSending sending(line_provider(provider.server), quick());
    Lines outcomes = sending.send(3);
    CHECK(outcomes.size() == 3);
    CHECK(outcomes[0] == "1" + kOk);
    CHECK(outcomes[1] ==
          "2 unclear at end of data (the server closed the connection without an answer)");
    CHECK(outcomes[2] == "3" + kOk);
    CHECK(provider.requests.all().size() == 3);
    CHECK(sending.departures.tickets == std::vector<Ticket>{1, 2, 3});
}

TEST_CASE("a large request on a reused connection that dies is not sent twice either") {
    Dropping provider([](int connection, int request) { return connection == 1 && request == 2; });
    HttpSending sending(line_provider(provider.server), quick());
    sending.submit(1);
    sending.submit(2, "ann@example.org", std::string(500'000, 'x'));
    Lines outcomes = sending.finish();
    REQUIRE(outcomes.size() == 2);
    CHECK(in_doubt(outcomes[1]));
    CHECK(provider.requests.all().size() == 2);
}

TEST_CASE("a fresh connection that dies after the request leaves it in doubt") {
    Dropping provider([](int connection, int) { return connection == 1; });
    HttpSending sending(line_provider(provider.server), quick());
    Lines outcomes = sending.send(2);
    REQUIRE(outcomes.size() == 2);
    CHECK(in_doubt(outcomes[0]));
    CHECK(outcomes[1] == "2" + kOk);
    CHECK(provider.requests.all().size() == 2);
}

TEST_CASE("a whole batch is in doubt where its request was dropped") {
    Dropping provider([](int connection, int) { return connection == 1; });
    HttpSending sending(line_provider(provider.server, 3), quick(1, 3));
    Lines outcomes = sending.send(4);
    REQUIRE(outcomes.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) CHECK(in_doubt(outcomes[i]));
    CHECK(outcomes[3] == "4" + kOk);
}

TEST_CASE("a connection that is reset before the body has left costs nobody an attempt") {
    Requests requests;
    ScriptedServer server([&](ServerSession& session) {
        if (session.number() == 1) {
            session.hear();  // the first line, and no more of many megabytes
            session.reset();
        }
        for (;;) {
            requests.add(hear_request(session));
            session.say(http_answer(200, "", "ok"));
        }
    });
    auto provider = line_provider(server);
    provider->bytes = 64u << 20;
    HttpSending sending(std::move(provider), quick());
    sending.submit(1, "ann@example.org", std::string(20u << 20, 'x'));
    CHECK(sending.finish() == Lines{"1" + kOk});
    CHECK(requests.all().size() == 1);
    CHECK(sending.departures.tickets == std::vector<Ticket>{1});
}

TEST_CASE("a message whose requests always break is put off, and the others go") {
    ScriptedServer server([&](ServerSession& session) {
        HeardRequest request;
        for (;;) {
            session.hear();
            std::size_t size = 0;
            for (std::string line = session.hear(); !line.empty(); line = session.hear()) {
                if (line.starts_with("Content-Length: ")) size = std::stoul(line.substr(16));
            }
            if (size > 1000) session.reset();
            session.hear_bytes(size);
            session.say(http_answer(200, "", "ok"));
        }
    });
    auto provider = line_provider(server);
    provider->bytes = 64u << 20;
    HttpSettings settings = quick();
    settings.limits.most_failures = 5;
    HttpSending sending(std::move(provider), settings);
    sending.submit(1, "ann@example.org", std::string(20u << 20, 'x'));
    sending.submit(2);
    Lines outcomes = sending.finish();
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0].starts_with("1 finished at connect ("));
    CHECK(outcomes[1] == "2" + kOk);
    CHECK(sending.departures.tickets == std::vector<Ticket>{2});
}

TEST_CASE("a server that cannot be reached is given up after three tries, and all come back") {
    int port = ScriptedServer([](ServerSession&) {}).port();
    auto provider =
        std::make_unique<LineProvider>("http://127.0.0.1:" + std::to_string(port) + "/secret");
    HttpSending sending(std::move(provider), quick(4));
    Lines outcomes = sending.send(6);
    REQUIRE(outcomes.size() == 7);
    for (std::size_t i = 0; i < 6; ++i) CHECK(outcomes[i].ends_with(" returned"));
    CHECK(outcomes[6].starts_with("unusable: cannot reach http://127.0.0.1:"));
    CHECK(outcomes[6].find("secret") == std::string::npos);
    CHECK(sending.departures.tickets.empty());
}

TEST_CASE("a server that drops every connection before the request is unusable as well") {
    ScriptedServer server([](ServerSession& session) {
        session.hear();
        session.reset();
    });
    auto provider = line_provider(server);
    provider->bytes = 64u << 20;
    HttpSending sending(std::move(provider), quick());
    sending.submit(1, "ann@example.org", std::string(20u << 20, 'x'));
    Lines outcomes = sending.finish();
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0] == "1 returned");
    CHECK(outcomes[1].starts_with("unusable: cannot reach "));
    CHECK(server.connections() == 3);
}

TEST_CASE("a certificate that is not the host's ends it at once") {
    TlsIdentity identity("DNS:elsewhere.example");
    TemporaryFolder folder;
    identity.write_certificate(folder.path() / "ca.pem");
    ScriptedServer server(kept_alive(
        [](ServerSession&, const HeardRequest&) { return http_answer(200, "", "ok"); }, &identity));
    ::setenv("SSL_CERT_FILE", (folder.path() / "ca.pem").c_str(), 1);
    HttpSending sending(std::make_unique<LineProvider>(url_of(server, "/", "https")), quick());
    Lines outcomes = sending.send(2);
    ::unsetenv("SSL_CERT_FILE");
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0] == "1 returned");
    CHECK(outcomes[1] == "2 returned");
    CHECK(outcomes[2].starts_with("unusable: cannot reach https://127.0.0.1:"));
    CHECK(server.connections() == 1);
    CHECK(server.lines().empty());
}

TEST_CASE("mail goes over TLS where the certificate is good") {
    TlsIdentity identity("IP:127.0.0.1");
    TemporaryFolder folder;
    identity.write_certificate(folder.path() / "ca.pem");
    ScriptedServer server(kept_alive(
        [](ServerSession&, const HeardRequest&) { return http_answer(200, "", "ok"); }, &identity));
    ::setenv("SSL_CERT_FILE", (folder.path() / "ca.pem").c_str(), 1);
    HttpSending sending(std::make_unique<LineProvider>(url_of(server, "/", "https")), quick());
    CHECK(sending.send(2) == Lines{"1" + kOk, "2" + kOk});
    ::unsetenv("SSL_CERT_FILE");
}

TEST_CASE("mail does not leave this machine in the clear") {
    HttpSending sending(std::make_unique<LineProvider>("http://api.harbour.example/"), quick());
    CHECK(
        sending.send(1) ==
        Lines{"1 returned",
              "unusable: http://api.harbour.example:80 is not asked: only `https:` is safe outside "
              "this machine"});
}

TEST_CASE("an answer that does not come in time leaves the request in doubt") {
    std::mutex gate;
    std::unique_lock held(gate);
    Requests requests;
    ScriptedServer server(kept_alive([&](ServerSession& session, const HeardRequest& request) {
        requests.add(request);
        if (session.number() == 1) std::lock_guard wait(gate);
        return http_answer(200, "", "ok");
    }));
    ManualClock clock(kRealClock.now());
    HttpSettings settings = quick();
    settings.limits.connect_again = 0ms;
    HttpSending sending(line_provider(server), settings, clock);
    sending.submit(1);
    while (requests.all().empty()) sending.poll();
    clock.advance(59s);
    sending.poll();
    CHECK(sending.outcomes.empty());
    clock.advance(2s);
    sending.poll();
    CHECK(sending.outcomes == Lines{"1 unclear at end of data (timed out after 60 s)"});
    sending.outcomes.clear();
    sending.submit(2);
    CHECK(sending.finish() == Lines{"2" + kOk});
    held.unlock();
    CHECK(requests.all().size() == 2);
}

TEST_CASE("a server that does not even shake hands is given up in the time of the table") {
    std::mutex gate;
    std::unique_lock held(gate);
    ScriptedServer server([&](ServerSession&) { std::lock_guard wait(gate); });
    HttpSettings settings = quick();
    settings.limits.connect = 50ms;
    HttpSending sending(std::make_unique<LineProvider>(url_of(server, "/", "https")), settings);
    Lines outcomes = sending.send(1);
    held.unlock();
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0] == "1 returned");
    CHECK(sending.departures.tickets.empty());
}

TEST_CASE("an answer larger than agreed is nobody's, and does not fill the memory") {
    ScriptedServer server(kept_alive([&](ServerSession&, const HeardRequest&) {
        return http_answer(200, "", std::string(100'000, 'x'));
    }));
    HttpSettings settings = quick();
    settings.limits.most_body = 50'000;
    HttpSending sending(line_provider(server), settings);
    CHECK(sending.send(1) == Lines{"1 unclear at end of data (the answer is too large)"});
    ScriptedServer other(kept_alive([&](ServerSession&, const HeardRequest&) {
        std::string headers;
        for (int i = 0; i < 2000; ++i) headers += "X-Much: " + std::string(50, 'x') + "\r\n";
        return http_answer(200, headers, "ok");
    }));
    HttpSending second(line_provider(other), quick());
    CHECK(second.send(1) == Lines{"1 unclear at end of data (the answer is too large)"});
}

TEST_CASE("what is no HTTP at all leaves the request in doubt") {
    ScriptedServer server(kept_alive(
        [&](ServerSession&, const HeardRequest&) { return "220 mail.example SMTP\r\n"; }));
    HttpSending sending(line_provider(server), quick());
    Lines outcomes = sending.send(1);
    REQUIRE(outcomes.size() == 1);
    CHECK(in_doubt(outcomes[0]));
}

TEST_CASE("a provider that gives no clear answer again and again is given up, not fed the list") {
    Requests requests;
    ScriptedServer server(kept_alive([&](ServerSession&, const HeardRequest& request) {
        requests.add(request);
        return http_answer(500, "", "oops");
    }));
    HttpSending sending(line_provider(server), quick());
    Lines outcomes = sending.send(10);
    REQUIRE(outcomes.size() == 11);
    CHECK(std::count_if(outcomes.begin(), outcomes.end(), [](const std::string& line) {
              return line.find(" unclear at end of data: 500 oops") != std::string::npos;
          }) == 3);
    CHECK(outcomes[10].find("gives no clear answers: it answered with HTTP status 500") !=
          std::string::npos);
    CHECK(requests.all().size() == 3);
}
