#include "transport/smtp/dialogue.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <iterator>

#include "unit/transport/support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const WallTime kStart = WallTime(1'795'464'000s);
const std::string kMail = "MAIL FROM:<bounces@harbour.example>\r\n";

std::string shown_dialogue_event(const DialogueEvent& event) {
    if (const auto* lost = std::get_if<Lost>(&event)) {
        return std::to_string(lost->job.ticket) + " lost (" + lost->error + ")";
    }
    if (const auto* finished = std::get_if<Finished>(&event)) return shown(*finished);
    return shown(std::get<Returned>(event));
}

// A dialogue whose link takes all it is given at once, unless told otherwise.
struct Session {
    ManualClock clock{kStart};
    NotedDepartures departures;
    Dialogue dialogue;

    explicit Session(Capabilities capabilities = {}, int most_messages = 100)
        : dialogue(clock, capabilities, most_messages, departures) {}

    std::string sent() {
        std::string all;
        while (!dialogue.output().empty()) {
            all += dialogue.output();
            write(dialogue.output().size());
        }
        return all;
    }
    void write(std::size_t count) {
        dialogue.departing(count);
        dialogue.written(count);
    }
    void begin(Ticket ticket = 1, const std::string& bytes = "Subject: x\r\n\r\n.dot\r\n") {
        dialogue.begin(
            {.ticket = ticket, .message = message_to("ann@example.org", bytes), .permitted = true});
        sent();
    }
    // The server's reply, and what we send after it.
    std::string hear(std::string_view reply) {
        dialogue.receive(reply);
        return sent();
    }
    Lines events() {
        Lines lines;
        for (const DialogueEvent& event : dialogue.take_events()) {
            lines.push_back(shown_dialogue_event(event));
        }
        return lines;
    }
    void until(Stage stage) {
        static const std::vector<std::pair<Stage, std::string>> steps = {
            {Stage::kMail, "250 ok\r\n"},
            {Stage::kRcpt, "250 ok\r\n"},
        };
        begin();
        for (const auto& [at, reply] : steps) {
            if (dialogue.stage() == stage) return;
            hear(reply);
        }
        if (dialogue.stage() == stage) return;
        dialogue.receive("354 go\r\n");
        // All but the final dot, then that as well.
        write(dialogue.output().size() - 3);
        if (dialogue.stage() == stage) return;
        sent();
        REQUIRE(dialogue.stage() == stage);
    }
};

}  // namespace

TEST_CASE("two messages in lock-step") {
    Session session({.size = true});
    for (Ticket ticket : {1, 2}) {
        session.dialogue.begin({.ticket = ticket,
                                .message = message_to("ann@example.org", "a\r\n.b\r\n"),
                                .permitted = true});
        CHECK(session.sent() == "MAIL FROM:<bounces@harbour.example> SIZE=7\r\n");
        CHECK(session.hear("250 2.1.0 ok\r\n") == "RCPT TO:<ann@example.org>\r\n");
        CHECK(session.hear("250 2.1.5 ok\r\n") == "DATA\r\n");
        CHECK(session.departures.tickets.size() == static_cast<std::size_t>(ticket - 1));
        session.clock.advance(1s);
        CHECK(session.hear("354 go\r\n") == "a\r\n..b\r\n.\r\n");
        CHECK(session.departures.tickets.back() == ticket);
        CHECK(session.dialogue.room() == 0);
        CHECK(session.hear("250-2.0.0 queued\r\n250 2.0.0 as 1\r\n").empty());
        auto events = session.dialogue.take_events();
        REQUIRE(events.size() == 1);
        const auto& finished = std::get<Finished>(events[0]);
        CHECK(shown(finished) ==
              std::to_string(ticket) + " finished at end of data: 250 2.0.0 queued as 1");
        CHECK(finished.attempt.ended - finished.attempt.started == 1s);
        CHECK(session.dialogue.room() == 1);
    }
    session.dialogue.quit();
    CHECK(session.sent() == "QUIT\r\n");
    CHECK(session.dialogue.room() == 0);
    session.hear("221 bye\r\n");
    CHECK(session.dialogue.closed());
    CHECK(session.events().empty());
}

TEST_CASE("replies that come in pieces, cut anywhere, make the same dialogue") {
    const std::vector<std::string> replies = {"250-first\r\n250 2.1.0 ok\r\n", "250 ok\r\n",
                                              "354 go\r\n", "250 2.0.0 queued\r\n"};
    for (std::size_t which = 0; which < replies.size(); ++which) {
        for (std::size_t cut = 0; cut <= replies[which].size(); ++cut) {
            CAPTURE(which);
            CAPTURE(cut);
            Session session;
            session.begin();
            for (std::size_t i = 0; i < replies.size(); ++i) {
                std::string_view reply = replies[i];
                std::size_t at = i == which ? cut : reply.size();
                session.hear(reply.substr(0, at));
                session.hear(reply.substr(at));
            }
            CHECK(session.events() == Lines{"1 finished at end of data: 250 2.0.0 queued"});
            CHECK(session.dialogue.room() == 1);
        }
    }
}

TEST_CASE("a refused recipient is reset with the next message, and the connection used again") {
    Session session;
    session.until(Stage::kRcpt);
    CHECK(session.hear("550 5.1.1 no such user\r\n").empty());
    CHECK(session.events() == Lines{"1 finished at rcpt: 550 5.1.1 no such user"});
    CHECK(session.dialogue.room() == 1);
    session.dialogue.begin(
        {.ticket = 2, .message = message_to("bob@example.org"), .permitted = true});
    CHECK(session.sent() == "RSET\r\n");
    CHECK(session.hear("250 ok\r\n") == kMail);
}

TEST_CASE("a refused DATA is reset, a refused MAIL needs no reset") {
    Session data;
    data.until(Stage::kData);
    CHECK(data.hear("451 4.3.0 later\r\n").empty());
    CHECK(data.events() == Lines{"1 finished at data: 451 4.3.0 later"});
    data.dialogue.begin({.ticket = 2, .message = message_to("bob@example.org"), .permitted = true});
    CHECK(data.sent() == "RSET\r\n");
    Session mail;
    mail.until(Stage::kMail);
    CHECK(mail.hear("550 5.1.8 bad sender\r\n").empty());
    CHECK(mail.events() == Lines{"1 finished at mail: 550 5.1.8 bad sender"});
    mail.dialogue.begin({.ticket = 2, .message = message_to("bob@example.org"), .permitted = true});
    CHECK(mail.sent() == kMail);
}

namespace {

// What the server or the link does while a message is in the stage of a row.
struct Fault {
    const char* name;
    void (*happens)(Session&);
};
const Fault kDrop = {"drop", [](Session& s) { s.dialogue.lose("the link broke"); }};
const Fault k421 = {"421", [](Session& s) { s.hear("421 4.3.2 bye\r\n"); }};
const Fault k450 = {"450", [](Session& s) { s.hear("450 4.2.0 later\r\n"); }};
const Fault k550 = {"550", [](Session& s) { s.hear("550 5.1.1 no\r\n"); }};
const Fault k251 = {"251", [](Session& s) { s.hear("251 fine\r\n"); }};
const Fault k354 = {"354", [](Session& s) { s.hear("354 go\r\n"); }};
const Fault kGarbage = {"garbage", [](Session& s) { s.hear("HTTP/1.1 400\r\n"); }};
const Fault kNul = {"NUL", [](Session& s) { s.hear(std::string_view("25\0 ok\r\n", 8)); }};
const Fault kHuge = {"huge", [](Session& s) { s.hear("250 " + std::string(100'000, 'x')); }};
const Fault kPartial = {"partial", [](Session& s) {
                            s.hear("250 half");
                            s.clock.advance(600s);
                            s.dialogue.check_time();
                        }};
const Fault kHang = {"hang", [](Session& s) {
                         s.clock.advance(600s);
                         s.dialogue.check_time();
                     }};

struct Row {
    Stage stage;
    Fault fault;
    std::string outcome;
    bool closed;
};

const char* const kNotAReply = "the server sent a line that is no SMTP reply";
const char* const kTooLong = "the server sent a line of more than 4 KiB";

const std::string kUnasked = "the server spoke without being asked";
const std::string kMisfit = "the server's answer does not fit the command: ";
const std::string kHung = "timed out after ";

std::string lost(const std::string& why) {
    return "1 lost (" + why + ")";
}

std::string broken(const std::string& phase, const std::string& why) {
    return "1 finished at " + phase + " (" + why + ")";
}

std::vector<Row> faults_of_commands() {
    return {
        {Stage::kMail, kDrop, lost("the link broke"), true},
        {Stage::kMail, k421, lost("the server ended the session: 421 4.3.2 bye"), true},
        {Stage::kMail, k450, "1 finished at mail: 450 4.2.0 later", false},
        {Stage::kMail, k550, "1 finished at mail: 550 5.1.1 no", false},
        {Stage::kMail, k354, lost(kMisfit + "354 go"), true},
        {Stage::kMail, kGarbage, lost(kNotAReply), true},
        {Stage::kMail, kNul, lost(kNotAReply), true},
        {Stage::kMail, kHuge, lost(kTooLong), true},
        {Stage::kMail, kPartial, lost(kHung + "300 s while waiting for the reply to MAIL"), true},
        {Stage::kMail, kHang, lost(kHung + "300 s while waiting for the reply to MAIL"), true},

        {Stage::kRcpt, kDrop, broken("rcpt", "the link broke"), true},
        {Stage::kRcpt, k421, "1 finished at rcpt: 421 4.3.2 bye", true},
        {Stage::kRcpt, k450, "1 finished at rcpt: 450 4.2.0 later", false},
        {Stage::kRcpt, k550, "1 finished at rcpt: 550 5.1.1 no", false},
        {Stage::kRcpt, k354, broken("rcpt", kMisfit + "354 go"), true},
        {Stage::kRcpt, kGarbage, broken("rcpt", kNotAReply), true},
        {Stage::kRcpt, kNul, broken("rcpt", kNotAReply), true},
        {Stage::kRcpt, kHuge, broken("rcpt", kTooLong), true},
        {Stage::kRcpt, kHang, broken("rcpt", kHung + "300 s while waiting for the reply to RCPT"),
         true},

        {Stage::kData, kDrop, broken("data", "the link broke"), true},
        {Stage::kData, k421, "1 finished at data: 421 4.3.2 bye", true},
        {Stage::kData, k450, "1 finished at data: 450 4.2.0 later", false},
        {Stage::kData, k550, "1 finished at data: 550 5.1.1 no", false},
        {Stage::kData, k251, broken("data", kMisfit + "251 fine"), true},
        {Stage::kData, kGarbage, broken("data", kNotAReply), true},
        {Stage::kData, kNul, broken("data", kNotAReply), true},
        {Stage::kData, kHuge, broken("data", kTooLong), true},
        {Stage::kData, kHang, broken("data", kHung + "120 s while waiting for the reply to DATA"),
         true},

    };
}

std::vector<Row> faults_of_the_message() {
    return {
        {Stage::kBody, kDrop, broken("body", "the link broke"), true},
        {Stage::kBody, k421, "1 finished at body: 421 4.3.2 bye", true},
        {Stage::kBody, k550, "1 finished at body: 550 5.1.1 no", true},
        {Stage::kBody, k251, broken("body", kUnasked + ": 251 fine"), true},
        {Stage::kBody, kGarbage, broken("body", kNotAReply), true},
        {Stage::kBody, kHang, broken("body", kHung + "180 s while sending the message"), true},

        {Stage::kEndOfData, kDrop, broken("end of data", "the link broke"), true},
        {Stage::kEndOfData, k421, "1 finished at end of data: 421 4.3.2 bye", true},
        {Stage::kEndOfData, k450, "1 finished at end of data: 450 4.2.0 later", false},
        {Stage::kEndOfData, k550, "1 finished at end of data: 550 5.1.1 no", false},
        {Stage::kEndOfData, k251, "1 finished at end of data: 251 fine", false},
        {Stage::kEndOfData, k354, broken("end of data", kMisfit + "354 go"), true},
        {Stage::kEndOfData, kGarbage, broken("end of data", kNotAReply), true},
        {Stage::kEndOfData, kNul, broken("end of data", kNotAReply), true},
        {Stage::kEndOfData, kHuge, broken("end of data", kTooLong), true},
        {Stage::kEndOfData, kPartial,
         broken("end of data", kHung + "600 s while waiting for the reply to the end of data"),
         true},
        {Stage::kEndOfData, kHang,
         broken("end of data", kHung + "600 s while waiting for the reply to the end of data"),
         true},
    };
}

}  // namespace

TEST_CASE("every fault in every stage: one outcome, and a connection that is used again or never") {
    std::vector<Row> rows = faults_of_commands();
    std::ranges::move(faults_of_the_message(), std::back_inserter(rows));
    for (const Row& row : rows) {
        CAPTURE(info(row.stage).activity);
        CAPTURE(row.fault.name);
        Session session;
        session.until(row.stage);
        session.events();
        row.fault.happens(session);
        CHECK(session.events() == Lines{row.outcome});
        CHECK(session.dialogue.closed() == row.closed);

        // Whatever comes later is nobody's.
        if (!row.closed) continue;
        CHECK(session.sent().empty());
        session.hear("250 2.0.0 late\r\n");
        CHECK(session.events().empty());
        CHECK(session.dialogue.room() == 0);
    }
}

TEST_CASE("a time-out counts from the last thing that moved, to the millisecond") {
    Session session;
    session.until(Stage::kMail);
    session.clock.advance(299s);
    session.hear("250 ok\r\n");
    session.clock.advance(Milliseconds(299'999));
    session.dialogue.check_time();
    CHECK(!session.dialogue.closed());
    CHECK(session.dialogue.deadline() == session.clock.since_boot() + Milliseconds(1));
    session.clock.advance(Milliseconds(1));
    session.dialogue.check_time();
    CHECK(session.dialogue.closed());
}

TEST_CASE("each block that leaves gives the body new time") {
    Session session;
    session.until(Stage::kData);
    session.dialogue.receive("354 go\r\n");
    for (int i = 0; i < 5; ++i) {
        session.clock.advance(179s);
        session.dialogue.check_time();
        session.write(1);
    }
    CHECK(!session.dialogue.closed());
    session.clock.advance(180s);
    session.dialogue.check_time();
    CHECK(session.dialogue.closed());
}

TEST_CASE("the first byte of the final dot makes the difference between definite and in doubt") {
    for (std::size_t left : {4u, 3u, 2u, 1u, 0u}) {
        CAPTURE(left);
        Session session;
        session.until(Stage::kData);
        session.dialogue.receive("354 go\r\n");
        session.write(session.dialogue.output().size() - left);
        CHECK(session.departures.tickets.size() == (left >= 3 ? 0 : 1));
        session.dialogue.lose("gone");
        CHECK(session.events() ==
              Lines{left >= 3 ? "1 finished at body (gone)" : "1 finished at end of data (gone)"});
    }
}

TEST_CASE("a second reply in one packet never answers the next command") {
    Session session;
    session.until(Stage::kMail);
    session.hear("250 ok\r\n250 ok\r\n");
    CHECK(session.dialogue.closed());
    CHECK(session.events() ==
          Lines{"1 finished at rcpt (the server spoke without being asked: 250 ok)"});
}

TEST_CASE("421 behind the final reply: the message is accepted, the connection is over") {
    Session session;
    session.until(Stage::kEndOfData);
    session.events();
    session.hear("250 2.0.0 queued\r\n421 4.4.2 idle\r\n");
    CHECK(session.events() == Lines{"1 finished at end of data: 250 2.0.0 queued"});
    CHECK(session.dialogue.closed());
}

TEST_CASE("a server that speaks between messages loses the connection, and no message is charged") {
    for (std::string_view bytes : {"421 4.4.2 idle\r\n", "250 ok\r\n", "2", "\r\n"}) {
        CAPTURE(bytes);
        Session session;
        session.hear(bytes);
        CHECK(session.dialogue.closed());
        CHECK(session.events().empty());
    }
}

TEST_CASE("after RSET: 421, a refusal or silence end the connection, not a message") {
    const std::vector<Fault> faults = {k421, k550, kGarbage, kHang, kDrop};
    for (const Fault& fault : faults) {
        CAPTURE(fault.name);
        Session session;
        session.until(Stage::kRcpt);
        session.hear("550 5.1.1 no such user\r\n");
        session.begin(2);
        session.events();
        CHECK(session.dialogue.stage() == Stage::kReset);
        fault.happens(session);
        CHECK(session.dialogue.closed());
        Lines events = session.events();
        REQUIRE(events.size() == 1);
        CHECK(events[0].starts_with("2 lost ("));
    }
}

TEST_CASE("no byte of a body leaves before its permit, and it leaves with it") {
    Session session;
    session.dialogue.begin({.ticket = 1, .message = message_to("ann@example.org", "x\r\n")});
    session.sent();
    session.hear("250 ok\r\n");
    session.hear("250 ok\r\n");
    CHECK(session.hear("354 go\r\n").empty());
    CHECK(session.dialogue.stage() == Stage::kBody);
    CHECK(session.departures.tickets.empty());
    session.dialogue.permit(2);  // nobody's
    CHECK(session.sent().empty());
    session.dialogue.permit(1);
    CHECK(session.sent() == "x\r\n.\r\n");
}

TEST_CASE(
    "withdrawn before its permit a message returns, and the link is closed, not a stump sent") {
    for (int replies = 0; replies <= 3; ++replies) {
        CAPTURE(replies);
        Session session;
        session.dialogue.begin({.ticket = 1, .message = message_to("ann@example.org", "x\r\n")});
        session.sent();
        const char* const kReplies[] = {"250 ok\r\n", "250 ok\r\n", "354 go\r\n"};
        for (int i = 0; i < replies; ++i) session.hear(kReplies[i]);
        session.dialogue.withdraw(1);
        for (int i = replies; i < 3; ++i) session.hear(kReplies[i]);
        CHECK(session.events() == Lines{"1 returned"});
        CHECK(session.dialogue.closed());
        CHECK(session.dialogue.why_closed().empty());
        CHECK(session.departures.tickets.empty());
    }
}

TEST_CASE("a permitted message cannot be withdrawn") {
    Session session;
    session.until(Stage::kEndOfData);
    session.dialogue.withdraw(1);
    CHECK(!session.dialogue.closed());
    session.hear("250 ok\r\n");
    CHECK(session.events() == Lines{"1 finished at end of data: 250 ok"});
}

TEST_CASE("QUIT after the agreed number of messages") {
    Session session({}, 1);
    session.until(Stage::kEndOfData);
    CHECK(session.hear("250 ok\r\n") == "QUIT\r\n");
    CHECK(session.dialogue.room() == 0);
    CHECK(session.dialogue.stage() == Stage::kQuit);
}

TEST_CASE("QUIT before a server loses patience with refused recipients") {
    Session session;
    int refused = 0;
    while (session.dialogue.room() > 0) {
        session.begin(++refused);
        if (refused > 1) session.hear("250 reset\r\n");
        session.hear("250 ok\r\n");
        if (session.hear("550 5.1.1 no\r\n") == "QUIT\r\n") break;
    }
    CHECK(refused == Dialogue::kMostErrors);
    CHECK(session.dialogue.stage() == Stage::kQuit);
}

TEST_CASE("without SMTPUTF8 an address that needs it ends at MAIL, and nothing is sent") {
    Session session;
    session.dialogue.begin(
        {.ticket = 1, .message = message_to("jürgen@example.org"), .permitted = true});
    CHECK(session.sent().empty());
    CHECK(session.events() == Lines{"1 finished at mail (the server does not offer SMTPUTF8, which "
                                    "an address with a local part beyond ASCII needs)"});
    CHECK(session.dialogue.room() == 1);
}

TEST_CASE("texts of the server in errors lose their addresses") {
    Session session;
    session.until(Stage::kBody);
    session.events();
    session.hear("250 <ann@example.org> is too slow\r\n");
    Lines events = session.events();
    REQUIRE(events.size() == 1);
    CHECK(events[0].find("ann@example.org") == std::string::npos);
}
