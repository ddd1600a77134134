#include "transport/smtp/pool.h"

#include <atomic>
#include <doctest/doctest.h>
#include <memory>
#include <thread>

#include "base/error.h"
#include "unit/transport/pool_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const SystemClock kClock;

// A usual server with another answer to one line, the first `times` times.
UsualServer answering(const std::string& line, const std::string& answer, int times = 1'000'000) {
    UsualServer server;
    server.reply = [=, left = std::make_shared<std::atomic<int>>(times)](
                       ServerSession&, const std::string& heard) -> std::string {
        if (!heard.starts_with(line) || (*left)-- <= 0) return "";
        if (answer == "drop") throw Gone{};
        return answer;
    };
    return server;
}

const std::string kAccepted = " finished at end of data: 250 2.0.0 queued";

}  // namespace

TEST_CASE("mails go out one after the other on one connection, which ends with QUIT") {
    ScriptedServer server{UsualServer{}};
    Sending sending(settings_for(server), kClock);
    CHECK(sending.send({"ann@example.org", "bob@example.org"}) ==
          Lines{"1" + kAccepted, "2" + kAccepted});
    sending.transport->close();
    CHECK(server.lines() ==
          Lines{"EHLO client.example", "MAIL FROM:<bounces@harbour.example> SIZE=21",
                "RCPT TO:<ann@example.org>", "DATA", "MAIL FROM:<bounces@harbour.example> SIZE=21",
                "RCPT TO:<bob@example.org>", "DATA", "QUIT"});
    CHECK(server.messages() == Lines{"Subject: x\r\n\r\nhello\r\n", "Subject: x\r\n\r\nhello\r\n"});
    CHECK(server.connections() == 1);
}

TEST_CASE("nothing connects before there is something to send") {
    ScriptedServer server{UsualServer{}};
    Sending sending(settings_for(server), kClock);
    CHECK(sending.transport->poll(50ms).empty());
    CHECK(sending.transport->idle());
    CHECK(server.connections() == 0);
}

TEST_CASE("a message recalled before any connection took it comes back") {
    ScriptedServer server{UsualServer{}};
    Sending sending(settings_for(server), kClock);
    sending.submit(1, message_to("ann@example.org"));
    sending.transport->recall();
    CHECK(sending.finish() == Lines{"1 returned"});
}

TEST_CASE("room is what standing connections can take, and connections are opened as expected") {
    ScriptedServer server{UsualServer{}};
    SmtpSettings settings = settings_for(server);
    settings.connections = 3;
    Sending sending(settings, kClock);
    CHECK(sending.transport->room() == 0);
    sending.transport->expect(2);
    while (sending.transport->room() < 2) sending.poll();
    for (int i = 0; i < 5; ++i) sending.poll();
    CHECK(server.connections() == 2);
    CHECK(sending.transport->idle());
}

TEST_CASE("another thread ends a poll") {
    ScriptedServer server{UsualServer{}};
    Sending sending(settings_for(server), kClock);
    std::thread other([&] { sending.transport->wake(); });
    auto start = std::chrono::steady_clock::now();
    sending.poll(10s);
    other.join();
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("a refused recipient costs no connection") {
    ScriptedServer server{answering("RCPT TO:<bad", "550 5.1.1 no such user")};
    Sending sending(settings_for(server), kClock);
    CHECK(sending.send({"bad1@example.org", "ann@example.org", "bad2@example.org"}) ==
          Lines{"1 finished at rcpt: 550 5.1.1 no such user", "2" + kAccepted,
                "3 finished at rcpt: 550 5.1.1 no such user"});
    sending.transport->close();
    CHECK(server.connections() == 1);
    CHECK(count(server.lines(), "RSET") == 1);
}

TEST_CASE("a connection that dies at each command: its outcome, and the next mail goes through") {
    struct Row {
        const char* at;
        const char* what;
        const char* outcome;
    };
    const std::vector<Row> rows = {
        {"RCPT", "drop", "1 finished at rcpt (the server closed the connection)"},
        {"RCPT", "421 4.3.2 bye", "1 finished at rcpt: 421 4.3.2 bye"},
        {"DATA", "drop", "1 finished at data (the server closed the connection)"},
        {"DATA", "hello", "1 finished at data (the server sent a line that is no SMTP reply)"},
        {".", "drop", "1 finished at end of data (the server closed the connection)"},
        {".", "421 4.3.2 bye", "1 finished at end of data: 421 4.3.2 bye"},
        {".", "25", "1 finished at end of data (the server sent a line that is no SMTP reply)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.at);
        CAPTURE(row.what);
        ScriptedServer server{answering(row.at, row.what, 1)};
        Sending sending(settings_for(server), kClock);
        CHECK(sending.send({"ann@example.org", "bob@example.org"}) ==
              Lines{row.outcome, "2" + kAccepted});
        CHECK(server.connections() == 2);
    }
}

TEST_CASE("a connection lost before MAIL was accepted is not the recipient's fault, once") {
    for (const char* what : {"drop", "421 4.3.2 bye", "nonsense"}) {
        CAPTURE(what);
        ScriptedServer once{answering("MAIL", what, 1)};
        Sending first(settings_for(once), kClock);
        CHECK(first.send({"ann@example.org"}) == Lines{"1" + kAccepted});
        CHECK(once.connections() == 2);

        ScriptedServer twice{answering("MAIL", what, 2)};
        Sending second(settings_for(twice), kClock);
        Lines outcomes = second.send({"ann@example.org"});
        REQUIRE(outcomes.size() == 1);
        CHECK(outcomes[0].starts_with("1 finished at connect ("));
        CHECK(twice.connections() == 2);
        CHECK(twice.messages().empty());
    }
}

TEST_CASE("a server that takes no mail on any connection is unusable after a few tries") {
    ScriptedServer server{[](ServerSession& session) { session.say("220 hello\r\n"); }};
    Sending sending(settings_for(server), kClock);
    Lines outcomes = sending.send({"ann@example.org", "bob@example.org"});
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0] == "1 returned");
    CHECK(outcomes[1] == "2 returned");
    CHECK(outcomes[2].starts_with("unusable: localhost:"));
    CHECK(server.connections() == 3);
}

TEST_CASE("a server that drops each session after EHLO is unusable as well, not hammered") {
    ScriptedServer server{[](ServerSession& session) {
        session.say("220 hello\r\n");
        session.hear();
        session.say("250 test.example\r\n");
    }};
    Sending sending(settings_for(server), kClock);
    Lines outcomes = sending.send({"ann@example.org"});
    CHECK(outcomes.size() == 2);
    CHECK(server.connections() <= Reconnection::kMostFirstFailures);
}

TEST_CASE("a greeting or EHLO that is no reply is not waited out") {
    for (const std::string said : {"HTTP/1.1 400 Bad Request\r\n", "25 ok\r\n", "2500\r\n"}) {
        CAPTURE(said);
        for (bool greets : {false, true}) {
            ScriptedServer server{[&](ServerSession& session) {
                if (greets) {
                    session.say("220 hello\r\n");
                    session.hear();
                }
                session.say(said);
                session.hear();
            }};
            Sending sending(settings_for(server), kClock);
            Lines outcomes = sending.send({"ann@example.org"});
            REQUIRE(outcomes.size() == 2);
            CHECK(outcomes[1].starts_with("unusable: localhost:"));
            CHECK(server.connections() == Reconnection::kMostFirstFailures);
        }
    }
}

TEST_CASE("421 in the greeting: connects again") {
    ScriptedServer server{[](ServerSession& session) {
        if (session.number() > 1) return UsualServer{}(session);
        session.say("421 4.3.2 too many connections\r\n");
    }};
    Sending sending(settings_for(server), kClock);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(server.connections() == 2);
}

TEST_CASE("a goodbye between two messages charges none") {
    ScriptedServer server{[](ServerSession& session) {
        UsualServer usual;
        usual.reply = [](ServerSession& one, const std::string& line) -> std::string {
            if (line != ".") return "";
            one.say("250 2.0.0 queued\r\n");
            if (one.number() == 1) one.say("421 4.4.2 idle too long\r\n");
            throw Gone{};
        };
        usual(session);
    }};
    Sending sending(settings_for(server), kClock);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    std::this_thread::sleep_for(50ms);
    CHECK(sending.send({"bob@example.org"}) == Lines{"1" + kAccepted});
    CHECK(server.connections() == 2);
}

TEST_CASE("five sessions that the server ends at once are one failure, not five") {
    std::mutex gate;
    std::unique_lock held(gate);
    UsualServer usual;
    usual.reply = [&gate](ServerSession& session, const std::string& line) -> std::string {
        if (line.starts_with("MAIL") && session.number() == 1) std::lock_guard wait(gate);
        return "";
    };
    ScriptedServer server{[&](ServerSession& session) {
        if (session.number() == 1 || session.number() > 6) return usual(session);
        session.say("220 hello\r\n");
        session.hear();
        session.say("250 test.example\r\n");
        std::lock_guard wait(gate);
        session.say("421 4.4.2 idle too long\r\n");
    }};
    SmtpSettings settings = settings_for(server);
    settings.connections = 6;
    Sending sending(settings, kClock);
    for (Ticket ticket = 1; ticket <= 6; ++ticket) {
        sending.submit(ticket, message_to("ann@example.org"));
    }
    while (server.connections() < 6) sending.poll();
    held.unlock();
    Lines outcomes = sending.finish();
    CHECK(!contains(outcomes, "unusable"));
    CHECK(outcomes.size() == 6);
}

TEST_CASE("a fresh connection after the agreed number of messages") {
    ScriptedServer server{UsualServer{}};
    SmtpSettings settings = settings_for(server);
    settings.messages_per_connection = 2;
    Sending sending(settings, kClock);
    CHECK(sending
              .send({"a@example.org", "b@example.org", "c@example.org", "d@example.org",
                     "e@example.org"})
              .size() == 5);
    sending.transport->close();
    CHECK(server.connections() == 3);
    CHECK(count(server.lines(), "QUIT") == 3);
    CHECK(server.messages().size() == 5);
}

TEST_CASE("connections work side by side, as many as agreed and no more than needed") {
    UsualServer slow;
    slow.reply = [](ServerSession&, const std::string& line) -> std::string {
        if (line == ".") std::this_thread::sleep_for(200ms);
        return "";
    };
    ScriptedServer server{slow};
    SmtpSettings settings = settings_for(server);
    settings.connections = 4;
    Sending sending(settings, kClock);
    auto start = std::chrono::steady_clock::now();
    CHECK(sending.send(std::vector<std::string>(8, "ann@example.org")).size() == 8);
    CHECK(std::chrono::steady_clock::now() - start < 1200ms);
    CHECK(server.connections() == 4);
    CHECK(sending.transport->room() == 4);
    CHECK(sending.send({"ann@example.org"}).size() == 1);
    CHECK(server.connections() == 4);
}

TEST_CASE("a server that allows fewer connections than agreed is used with those it allows") {
    auto open = std::make_shared<std::atomic<int>>(0);
    ScriptedServer server{[open](ServerSession& session) {
        if (++*open > 2) {
            --*open;
            return session.say("421 4.7.0 too many connections from your host\r\n");
        }
        UsualServer{}(session);
        --*open;
    }};
    SmtpSettings settings = settings_for(server);
    settings.connections = 6;
    Sending sending(settings, kClock);
    Lines outcomes = sending.send(std::vector<std::string>(12, "ann@example.org"));
    CHECK(outcomes.size() == 12);
    CHECK(!contains(outcomes, "unusable"));
    CHECK(server.messages().size() == 12);
}

TEST_CASE("a reply that comes after the time-out belongs to nobody") {
    std::mutex gate;
    std::unique_lock held(gate);
    UsualServer hanging;
    hanging.reply = [&gate](ServerSession& session, const std::string& line) -> std::string {
        if (line == "." && session.number() == 1) std::lock_guard wait(gate);
        return "";
    };
    ScriptedServer server{hanging};
    ManualClock clock(kClock.now());
    Sending sending(settings_for(server), clock);
    sending.submit(1, message_to("ann@example.org"));
    sending.submit(2, message_to("bob@example.org"));
    while (server.messages().empty()) sending.poll();
    sending.poll();
    clock.advance(600s);
    sending.poll();
    held.unlock();
    CHECK(sending.finish() ==
          Lines{"1 finished at end of data (timed out after 600 s while waiting "
                "for the reply to the end of data)",
                "2" + kAccepted});
    CHECK(server.connections() == 2);
}

TEST_CASE("a server that accepts and says nothing is given up in the time of the table") {
    ScriptedServer server{[](ServerSession& session) { session.hear(); }};
    ManualClock clock(kClock.now());
    Sending sending(settings_for(server), clock);
    sending.submit(1, message_to("ann@example.org"));
    while (server.connections() == 0) sending.poll();
    sending.poll();
    clock.advance(299s);
    sending.poll();
    CHECK(sending.outcomes.empty());
    for (int i = 0; i < 10 && sending.outcomes.empty(); ++i) {
        clock.advance(301s);
        sending.poll(100ms);
        sending.poll(100ms);
    }
    Lines outcomes = sending.finish();
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0] == "1 returned");
    INFO(outcomes[1]);
    CHECK(outcomes[1].find("does not answer: gave up after 300 s") != std::string::npos);
}

TEST_CASE("probe connects and says goodbye, or says what is wrong") {
    ScriptedServer server{UsualServer{}};
    Sending good(settings_for(server), kClock);
    good.transport->probe();
    CHECK(server.lines() == Lines{"EHLO client.example", "QUIT"});

    ScriptedServer refusing{[](ServerSession& session) { session.say("554 5.7.1 go away\r\n"); }};
    Sending bad(settings_for(refusing), kClock);
    std::string message;
    try {
        bad.transport->probe();
    } catch (const Unavailable& why) {
        message = why.what();
    }
    CHECK(message.find("does not accept connections: the server said: 554 5.7.1 go away") !=
          std::string::npos);
}

TEST_CASE("a megabyte that the server reads slowly arrives whole") {
    std::string big = "Subject: big\r\n\r\n";
    for (int i = 0; i < 60'000; ++i) big += ".line " + std::to_string(i) + "\r\n";
    UsualServer slow;
    slow.reply = [](ServerSession&, const std::string& line) -> std::string {
        if (line.starts_with("DATA")) std::this_thread::sleep_for(300ms);
        return "";
    };
    ScriptedServer server{slow};
    Sending sending(settings_for(server), kClock);
    sending.submit(1, message_to("ann@example.org", big));
    CHECK(sending.finish() == Lines{"1" + kAccepted});
    CHECK(server.messages() == std::vector<std::string>{big});
}
