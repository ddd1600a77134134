// The dialogue with a server that announces PIPELINING.
#include <doctest/doctest.h>

#include "transport/smtp/dialogue.h"
#include "transport/smtp/overlap.h"
#include "unit/transport/support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const std::string kMail = "MAIL FROM:<bounces@harbour.example>\r\n";

std::string rcpt(const std::string& local) {
    return "RCPT TO:<" + local + "@example.org>\r\n";
}
std::string group(const std::string& local) {
    return kMail + rcpt(local) + "DATA\r\n";
}

const std::string kGo = "250 ok\r\n250 ok\r\n354 go\r\n";

struct Session {
    ManualClock clock{WallTime(1'795'464'000s)};
    NotedDepartures departures;
    Dialogue dialogue;

    explicit Session(int most_messages = 100)
        : dialogue(clock, {.pipelining = true}, most_messages, departures) {
        dialogue.let_overlap(Dialogue::MayOverlap::kYes);
    }
    // One message by itself, which shows how quickly the server answers.
    Session& after_one(Milliseconds answer_time = 0ms) {
        begin(9, "first");
        hear(kGo);
        clock.advance(answer_time);
        hear("250 queued\r\n");
        events();
        departures.tickets.clear();
        return *this;
    }

    std::string begin(Ticket ticket, const std::string& local) {
        dialogue.begin({.ticket = ticket,
                        .message = message_to(local + "@example.org", local + "\r\n"),
                        .permitted = true});
        return sent();
    }
    std::string sent() {
        std::string all;
        while (!dialogue.output().empty()) {
            all += dialogue.output();
            dialogue.departing(dialogue.output().size());
            dialogue.written(dialogue.output().size());
        }
        return all;
    }
    std::string hear(std::string_view replies) {
        dialogue.receive(replies);
        return sent();
    }
    Lines events() {
        Lines lines;
        for (const DialogueEvent& event : dialogue.take_events()) {
            if (const auto* lost = std::get_if<Lost>(&event)) {
                lines.push_back(std::to_string(lost->job.ticket) + " lost, losses " +
                                std::to_string(lost->job.losses));
            } else if (const auto* finished = std::get_if<Finished>(&event)) {
                lines.push_back(shown(*finished));
            } else {
                lines.push_back(shown(std::get<Returned>(event)));
            }
        }
        return lines;
    }
};

using May = Dialogue::MayOverlap;

}  // namespace

TEST_CASE("a message is one group, and the next group leaves with its body") {
    Session session;
    session.after_one();
    CHECK(session.dialogue.room() == 2);
    CHECK(session.begin(1, "ann") == group("ann"));
    CHECK(session.dialogue.room() == 1);
    CHECK(session.begin(2, "bob").empty());
    CHECK(session.dialogue.room() == 0);
    CHECK(session.hear(kGo) == "ann\r\n.\r\n" + group("bob"));
    CHECK(session.departures.tickets == std::vector<Ticket>{1});
    CHECK(session.hear("250 2.0.0 queued\r\n").empty());
    CHECK(session.events() == Lines{"1 finished at end of data: 250 2.0.0 queued"});
    CHECK(session.begin(3, "cy").empty());
    CHECK(session.hear(kGo) == "bob\r\n.\r\n" + group("cy"));
    CHECK(session.hear("250 2.0.0 queued\r\n" + kGo) == "cy\r\n.\r\n");
    CHECK(session.hear("250 2.0.0 queued\r\n").empty());
    CHECK(session.events() == Lines{"2 finished at end of data: 250 2.0.0 queued",
                                    "3 finished at end of data: 250 2.0.0 queued"});
    CHECK(session.departures.tickets == std::vector<Ticket>{1, 2, 3});
    session.dialogue.quit();
    CHECK(session.sent() == "QUIT\r\n");
}

TEST_CASE("a message that comes while the body is out has its group sent at once") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.hear(kGo);
    CHECK(session.begin(2, "bob") == group("bob"));
}

TEST_CASE(
    "a refused recipient: the rest of its group counts for nobody, RSET leads the next group") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    CHECK(session.hear("250 ok\r\n550 5.1.1 no such user\r\n").empty());
    CHECK(session.events() == Lines{"1 finished at rcpt: 550 5.1.1 no such user"});
    CHECK(session.hear("503 5.5.1 no recipients\r\n") == "RSET\r\n" + group("bob"));
    CHECK(session.hear("250 reset\r\n" + kGo) == "bob\r\n.\r\n");
    session.hear("250 2.0.0 queued\r\n");
    CHECK(session.events() == Lines{"2 finished at end of data: 250 2.0.0 queued"});
    CHECK(session.departures.tickets == std::vector<Ticket>{2});
}

TEST_CASE("no valid recipient and yet 354: a lone dot, whose 250 is no acceptance") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    CHECK(session.hear("250 ok\r\n550 5.1.1 no\r\n354 go\r\n") == ".\r\nRSET\r\n" + group("bob"));
    CHECK(session.events() == Lines{"1 finished at rcpt: 550 5.1.1 no"});
    CHECK(session.hear("250 2.0.0 queued as nothing\r\n250 reset\r\n" + kGo) == "bob\r\n.\r\n");
    CHECK(session.events().empty());
    CHECK(session.departures.tickets == std::vector<Ticket>{2});
}

TEST_CASE("a refused MAIL ends its message alone and needs no RSET") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    CHECK(session.hear("552 5.3.4 too big\r\n503 no\r\n503 no\r\n").empty());
    CHECK(session.events() == Lines{"1 finished at mail: 552 5.3.4 too big"});
    CHECK(session.begin(2, "bob") == group("bob"));
}

TEST_CASE("a body that is refused before its end: the message behind it gets another connection") {
    Session session;
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.dialogue.receive(kGo);
    session.dialogue.departing(2);
    session.dialogue.written(2);
    session.dialogue.receive("552 5.3.4 too big\r\n");
    CHECK(session.events() == Lines{"1 finished at body: 552 5.3.4 too big", "2 lost, losses 1"});
    CHECK(session.dialogue.closed());
    CHECK(session.departures.tickets.empty());
}

TEST_CASE("a refused DATA is reset") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    CHECK(session.hear("250 ok\r\n250 ok\r\n451 4.3.0 later\r\n").empty());
    CHECK(session.events() == Lines{"1 finished at data: 451 4.3.0 later"});
    CHECK(session.begin(2, "bob") == "RSET\r\n" + group("bob"));
}

TEST_CASE("the link breaks behind a final dot: that message is in doubt, the next one is not") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear(kGo);
    session.dialogue.lose("gone");
    CHECK(session.events() == Lines{"1 finished at end of data (gone)", "2 lost, losses 1"});
}

TEST_CASE("the link breaks before the second message was begun: it is not charged for it") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear("250 ok\r\n");
    session.dialogue.lose("gone");
    CHECK(session.events() == Lines{"1 finished at rcpt (gone)", "2 lost, losses 0"});
}

TEST_CASE(
    "the second message's MAIL was accepted when the link breaks: it is deferred, not in doubt") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear(kGo);
    session.hear("250 2.0.0 queued\r\n250 ok\r\n");
    session.dialogue.lose("gone");
    CHECK(session.events() ==
          Lines{"1 finished at end of data: 250 2.0.0 queued", "2 finished at rcpt (gone)"});
}

TEST_CASE("421 in the middle of a group, or behind a final dot, charges what it answers") {
    Session rcpt_refused;
    rcpt_refused.begin(1, "ann");
    rcpt_refused.hear("250 ok\r\n421 4.3.2 bye\r\n");
    CHECK(rcpt_refused.events() == Lines{"1 finished at rcpt: 421 4.3.2 bye"});
    CHECK(rcpt_refused.dialogue.closed());

    Session next;
    next.after_one();
    next.begin(1, "ann");
    next.begin(2, "bob");
    next.hear(kGo);
    next.hear("250 queued\r\n421 4.3.2 bye\r\n");
    CHECK(next.events() == Lines{"1 finished at end of data: 250 queued", "2 lost, losses 1"});
}

TEST_CASE("421 to the end of data: that message is deferred, the next one is not in doubt") {
    Session session;
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear(kGo);
    session.hear("421 4.3.2 bye\r\n");
    CHECK(session.events() ==
          Lines{"1 finished at end of data: 421 4.3.2 bye", "2 lost, losses 1"});
    CHECK(session.departures.tickets == std::vector<Ticket>{1});
}

TEST_CASE("a refused end of data ends that message only") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear(kGo);
    CHECK(session.hear("554 5.7.1 spam\r\n" + kGo) == "bob\r\n.\r\n");
    CHECK(session.events() == Lines{"1 finished at end of data: 554 5.7.1 spam"});
}

TEST_CASE("an answer to DATA that comes before DATA has left entirely is nobody's") {
    Session session;
    session.dialogue.begin(
        {.ticket = 1, .message = message_to("ann@example.org"), .permitted = true});
    std::size_t all = session.dialogue.output().size();
    session.dialogue.departing(all - 1);
    session.dialogue.written(all - 1);
    session.dialogue.receive(kGo);
    CHECK(session.dialogue.closed());
    CHECK(session.events().size() == 1);
    CHECK(session.departures.tickets.empty());
}

TEST_CASE("what waits behind another message is recalled; what has begun is not") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.dialogue.recall();
    CHECK(session.events() == Lines{"2 returned"});
    CHECK(session.hear(kGo) == "ann\r\n.\r\n");
    session.begin(3, "cy");
    session.dialogue.recall();
    CHECK(session.events().empty());
    CHECK(session.dialogue.carried() == 2);
}

TEST_CASE("a withdrawn message does not take the one in front of it along") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.dialogue.begin({.ticket = 2, .message = message_to("bob@example.org", "bob\r\n")});
    CHECK(session.hear(kGo) == "ann\r\n.\r\n" + group("bob"));
    session.dialogue.withdraw(2);
    CHECK(!session.dialogue.closed());
    session.hear("250 2.0.0 queued\r\n250 ok\r\n250 ok\r\n");
    CHECK(session.events() == Lines{"1 finished at end of data: 250 2.0.0 queued"});
    CHECK(!session.dialogue.closed());
    CHECK(session.hear("354 go\r\n").empty());
    CHECK(session.events() == Lines{"2 returned"});
    CHECK(session.dialogue.closed());
    CHECK(session.departures.tickets == std::vector<Ticket>{1});
}

TEST_CASE("a message that waits behind another one is withdrawn without a trace") {
    Session session;
    session.after_one();
    session.begin(1, "ann");
    session.dialogue.begin({.ticket = 2, .message = message_to("bob@example.org", "bob\r\n")});
    session.dialogue.withdraw(2);
    CHECK(session.events() == Lines{"2 returned"});
    CHECK(session.hear(kGo) == "ann\r\n.\r\n");
}

TEST_CASE("nothing follows a group whose body has no permit yet") {
    Session session;
    session.after_one();
    session.dialogue.begin({.ticket = 1, .message = message_to("ann@example.org", "ann\r\n")});
    CHECK(session.sent() == group("ann"));
    session.begin(2, "bob");
    CHECK(session.hear(kGo).empty());
    session.dialogue.permit(1);
    CHECK(session.sent() == "ann\r\n.\r\n" + group("bob"));
}

TEST_CASE("QUIT after the agreed number of messages, behind the last answer") {
    Session session(3);
    session.after_one();
    session.begin(1, "ann");
    session.begin(2, "bob");
    CHECK(session.dialogue.room() == 0);
    session.hear(kGo);
    session.hear("250 queued\r\n" + kGo);
    CHECK(session.hear("250 queued\r\n") == "QUIT\r\n");
}

TEST_CASE("where messages may not overlap the next group waits for the answer to the end of data") {
    Session session;
    session.after_one();
    session.dialogue.let_overlap(Dialogue::MayOverlap::kNo);
    CHECK(session.dialogue.room() == 1);
    CHECK(session.begin(1, "ann") == group("ann"));
    CHECK(session.dialogue.room() == 0);
    CHECK(session.hear(kGo) == "ann\r\n.\r\n");
    CHECK(session.hear("250 queued\r\n").empty());
    CHECK(session.begin(2, "bob") == group("bob"));
}

namespace {

// Two messages that overlap, as far as the answer to the first one's end of data.
void overlap(Session& session) {
    session.begin(1, "ann");
    session.begin(2, "bob");
    session.hear(kGo);
}

}  // namespace

TEST_CASE("one connection tries to overlap; when it works all may") {
    Overlap overlaps;
    Session first, second;
    first.after_one();
    CHECK(overlaps.may(first.dialogue) == May::kTry);
    CHECK(overlaps.may(second.dialogue) == May::kNo);
    overlap(first);
    CHECK_FALSE(overlaps.learn(first.dialogue));
    first.hear("250 queued\r\n" + kGo);
    CHECK_FALSE(overlaps.learn(first.dialogue));
    first.hear("250 queued\r\n");
    CHECK(overlaps.learn(first.dialogue));
    CHECK(overlaps.may(second.dialogue) == May::kYes);
    CHECK_FALSE(overlaps.learn(first.dialogue));
}

TEST_CASE(
    "while it is tried, a server that answers out of order leaves a doubt, no false acceptance") {
    Session session;
    session.after_one().dialogue.let_overlap(Dialogue::MayOverlap::kTry);
    overlap(session);
    // Those to MAIL, RCPT and DATA of the second; the answer to the first's end of data is late.
    session.hear("250 ok\r\n250 ok\r\n354 go\r\n");
    CHECK(session.dialogue.closed());
    CHECK(session.dialogue.overlap_broke());
    Lines events = session.events();
    REQUIRE(events.size() == 2);
    CHECK(events[0] == "1 finished at end of data (the server's answers come out of order)");
    CHECK(events[1].starts_with("2 finished at rcpt ("));
}

TEST_CASE("while it is tried, an acceptance counts when the next group is answered") {
    for (const std::string& next : {kGo, std::string("250 ok\r\n550 5.1.1 no\r\n503 no\r\n")}) {
        Session session;
        session.after_one().dialogue.let_overlap(Dialogue::MayOverlap::kTry);
        overlap(session);
        session.hear("250 2.0.0 queued\r\n");
        CHECK(session.events().empty());
        session.hear(next);
        Lines events = session.events();
        REQUIRE(!events.empty());
        CHECK(events[0] == "1 finished at end of data: 250 2.0.0 queued");
    }
}

TEST_CASE("while it is tried, a link that breaks behind an acceptance takes nothing away from it") {
    Session session;
    session.after_one().dialogue.let_overlap(Dialogue::MayOverlap::kTry);
    overlap(session);
    session.hear("250 2.0.0 queued\r\n250 ok\r\n");
    session.dialogue.lose("gone");
    CHECK(session.events() ==
          Lines{"1 finished at end of data: 250 2.0.0 queued", "2 finished at rcpt (gone)"});
    CHECK(!session.dialogue.overlap_broke());
}

TEST_CASE("messages do not overlap where the answer to an end of data takes long") {
    Session session;
    CHECK(session.dialogue.room() == 1);  // not known yet
    session.after_one(1s);
    CHECK(session.dialogue.room() == 1);
    session.after_one(1ms);
    CHECK(session.dialogue.room() == 2);
    session.after_one(1s);
    CHECK(session.dialogue.room() == 1);
}

TEST_CASE("when the connection dies of the overlap none may, for good") {
    Overlap overlaps;
    Session first, second;
    first.after_one();
    CHECK(overlaps.may(first.dialogue) == May::kTry);
    overlap(first);
    first.dialogue.lose("the server closed the connection");
    CHECK(overlaps.learn(first.dialogue));
    CHECK(overlaps.may(second.dialogue) == May::kNo);
}

TEST_CASE("when the trying connection ends otherwise another one tries") {
    Overlap overlaps;
    Session first, second;
    first.after_one();
    CHECK(overlaps.may(first.dialogue) == May::kTry);
    first.begin(1, "ann");
    first.dialogue.lose("the server closed the connection");
    CHECK(overlaps.learn(first.dialogue));
    CHECK(overlaps.may(second.dialogue) == May::kTry);
}

TEST_CASE("replies cut anywhere make the same dialogue") {
    const std::string replies = "250 ok\r\n550 5.1.1 no\r\n503 no\r\n";
    for (std::size_t cut = 0; cut <= replies.size(); ++cut) {
        CAPTURE(cut);
        Session session;
        session.begin(1, "ann");
        session.hear(replies.substr(0, cut));
        session.hear(replies.substr(cut));
        CHECK(session.events() == Lines{"1 finished at rcpt: 550 5.1.1 no"});
        CHECK(session.dialogue.room() == 1);
    }
}
