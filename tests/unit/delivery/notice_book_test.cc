#include "delivery/notice_book.h"

#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct BookCase {
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    NoticeBook book{*ledger};

    bool claim(NotifyEvent event, const std::string& text, int seconds = 0) {
        return book.claim({event, kMailing, text}, at(seconds));
    }
    // Sends what can be sent, each row with this end.
    void send(State state, int seconds) {
        auto session = ledger->begin_send(kMailing, "test", at(seconds));
        const auto rows = session->claim(10, at(seconds));
        session->begin_sending(ids_of(rows), at(seconds));
        for (const ClaimedRow& row : rows) record(*session, row.id, state);
    }
};

constexpr int kHour = 3600;

}  // namespace

TEST_CASE("each minute the same is told once, also where two things are true in turn") {
    BookCase one;
    CHECK(one.claim(NotifyEvent::kHeld, "overdue"));
    CHECK(one.claim(NotifyEvent::kInDoubt, "2 mails"));
    for (int minute = 1; minute < 5; ++minute) {
        CHECK(!one.claim(NotifyEvent::kHeld, "overdue", 60 * minute));
        CHECK(!one.claim(NotifyEvent::kInDoubt, "2 mails", 60 * minute));
    }
    CHECK(one.claim(NotifyEvent::kInDoubt, "3 mails", 360));
}

TEST_CASE("a text that changes by itself is told once by its key") {
    BookCase one;
    Notice notice{NotifyEvent::kHeld, kMailing, "3 hours late", "overdue"};
    CHECK(one.book.claim(notice, at(0)));
    notice.text = "4 hours late";
    CHECK(!one.book.claim(notice, at(kHour)));
    notice.key = "stale";
    CHECK(one.book.claim(notice, at(kHour)));
}

TEST_CASE("mailings are told of apart") {
    BookCase one;
    CHECK(one.book.claim({NotifyEvent::kHeld, {"weekly", "a"}, "overdue"}, at(0)));
    CHECK(one.book.claim({NotifyEvent::kHeld, {"weekly", "b"}, "overdue"}, at(0)));
    CHECK(one.book.claim({NotifyEvent::kHeld, {"weekly", ""}, "overdue"}, at(0)));
}

TEST_CASE("a second hold after a release is told again") {
    BookCase one;
    one.ledger->set_control(kMailing, Control::kHeld, "breaker", at(1));
    CHECK(one.claim(NotifyEvent::kHeld, "breaker"));
    CHECK(!one.claim(NotifyEvent::kHeld, "breaker"));
    one.ledger->set_control(kMailing, Control::kOpen, "", at(2));
    one.ledger->set_control(kMailing, Control::kHeld, "breaker", at(3));
    CHECK(one.claim(NotifyEvent::kHeld, "breaker"));
}

TEST_CASE("a hold of a series concerns each of its occurrences") {
    BookCase one;
    const Notice notice{NotifyEvent::kHeld, {"weekly", "2026-12-07T09:00"}, "held by hand"};
    CHECK(one.book.claim(notice, at(0)));
    one.ledger->set_control({"weekly", ""}, Control::kHeld, "", at(1));
    CHECK(one.book.claim(notice, at(1)));
    CHECK(!one.book.claim(notice, at(2)));
}

TEST_CASE("a pause is told again when something got through in between, and at most each hour") {
    BookCase one;
    plan_people(*one.ledger, {"a@x.example", "b@x.example"});
    CHECK(one.claim(NotifyEvent::kPaused, "no connection", 0));
    CHECK(!one.claim(NotifyEvent::kPaused, "no connection", 5 * kHour));
    CHECK(one.claim(NotifyEvent::kPaused, "login refused", 5 * kHour));
    one.send(State::kAccepted, 5 * kHour + 30);
    CHECK(!one.claim(NotifyEvent::kPaused, "login refused", 5 * kHour + 60));
    CHECK(one.claim(NotifyEvent::kPaused, "login refused", 6 * kHour + 60));
    CHECK(!one.claim(NotifyEvent::kPaused, "login refused", 9 * kHour));
}

TEST_CASE("the same people in doubt again are news") {
    BookCase one;
    plan_people(*one.ledger, {"a@x.example"});
    one.send(State::kInDoubt, 1);
    CHECK(one.claim(NotifyEvent::kInDoubt, "1 mail"));
    CHECK(!one.claim(NotifyEvent::kInDoubt, "1 mail"));
    std::vector<Verdict> verdicts;
    one.ledger->in_doubt(kMailing, [&](const DoubtfulRow& row) {
        verdicts.push_back({row.id, Resolution::kResend, "asked"});
    });
    one.ledger->resolve(kMailing, verdicts, "test", at(2));
    one.send(State::kInDoubt, 3);
    CHECK(one.claim(NotifyEvent::kInDoubt, "1 mail"));
}

TEST_CASE("what could not be told is kept whole until it is due, and dropped") {
    BookCase one;
    const auto next = std::chrono::floor<std::chrono::seconds>(at(600));
    const UntoldNotice untold{
        {NotifyEvent::kHeld, {"weekly", "2026-12-07T09:00"}, "line\nsecond \xff"}, at(0), 3, next};
    CHECK(one.book.keep(untold));
    CHECK(!one.book.keep(untold));
    CHECK(one.book.due(at(599)).empty());
    const auto due = one.book.due(at(600));
    REQUIRE(due.size() == 1);
    CHECK(due[0].notice.event == NotifyEvent::kHeld);
    CHECK(due[0].notice.mailing == untold.notice.mailing);
    CHECK(due[0].notice.text.starts_with("line\nsecond "));
    CHECK(due[0].since == at(0));
    CHECK(due[0].tries == 3);
    one.book.drop(untold.notice);
    CHECK(one.book.due(at(600)).empty());
}

TEST_CASE("a clock that was wrong, or an entry of another version, stops nothing") {
    BookCase one;
    one.book.keep({{NotifyEvent::kDone, kMailing, "all"},
                   at(0),
                   1,
                   std::chrono::floor<std::chrono::seconds>(at(400 * 24 * kHour))});
    one.ledger->set_note("untold:x:done", "{\"event\": 3}");
    one.ledger->set_note("untold:y:done", "no JSON");
    CHECK(one.book.due(at(0)).size() == 1);
    CHECK(one.ledger->notes("untold:").size() == 1);
}
