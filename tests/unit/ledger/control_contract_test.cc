// The contract of hold, release and cancel, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE_TEMPLATE("a held mailing gives no rows until it is released", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.control(kMailing).control == Control::kOpen);
    ledger.set_control(kMailing, Control::kHeld, "wait for the lawyer", at(1));
    plan_people(ledger, {"a@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(2));
    CHECK(session->claim(1, at(2)).empty());
    ControlState held = session->control();
    CHECK(held.control == Control::kHeld);
    CHECK(held.reason == "wait for the lawyer");
    CHECK(held.since == at(1));
    ledger.set_control(kMailing, Control::kOpen, "", at(3));
    CHECK(session->claim(1, at(3)).size() == 1);
    CHECK(checked_counts(ledger).total == 1);
}

TEST_CASE_TEMPLATE("cancelling skips what nobody sends, and is final", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"accepted@x.example", "deferred@x.example", "sent@x.example",
                         "claimed@x.example", "late@x.example", "planned@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = session->claim(5, at(1));
    record(*session, rows[0].id, State::kAccepted);
    record(*session, rows[1].id, State::kDeferred);
    session->begin_sending(std::vector{rows[2].id, rows[4].id}, at(2));
    ledger.set_control(kMailing, Control::kCancelled, "wrong text", at(3));
    CHECK(states(ledger) == std::map<std::string, State>{{"accepted@x.example", State::kAccepted},
                                                         {"deferred@x.example", State::kSkipped},
                                                         {"sent@x.example", State::kSending},
                                                         {"claimed@x.example", State::kSkipped},
                                                         {"late@x.example", State::kSending},
                                                         {"planned@x.example", State::kSkipped}});
    CHECK(ledger.explain(kMailing, "planned@x.example")->detail == "wrong text");
    CHECK(checked_counts(ledger).of(SkipReason::kCancelled) == 3);
    CHECK(session->claim(9, at(999)).empty());
    CHECK(session->begin_sending(std::vector{rows[3].id}, at(4)).empty());
    record(*session, rows[2].id, State::kAccepted);
    record(*session, rows[4].id, State::kDeferred);
    Counts counts = checked_counts(ledger);
    CHECK(counts.of(State::kAccepted) == 2);
    CHECK(counts.of(SkipReason::kCancelled) == 4);
    CHECK(counts.finished());
    for (Control control : {Control::kOpen, Control::kHeld, Control::kCancelled}) {
        CHECK_THROWS_AS(ledger.set_control(kMailing, control, "", at(4)), Refused);
    }
    CHECK(ledger.control(kMailing).reason == "wrong text");
}

TEST_CASE_TEMPLATE("cancelling after a crash leaves nobody planned", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        auto rows = session->claim(2, at(1));
        session->begin_sending(std::vector{rows[0].id}, at(2));
        session->departing(rows[0].id);
    }
    ledger.set_control(kMailing, Control::kCancelled, "", at(3));
    CHECK(states(ledger) == std::map<std::string, State>{{"a@x.example", State::kInDoubt},
                                                         {"b@x.example", State::kSkipped},
                                                         {"c@x.example", State::kSkipped}});
    CHECK(checked_counts(ledger).finished());
}

TEST_CASE_TEMPLATE("a cancelled mailing is never planned again", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example"});
    auto writer = ledger.write_plan(header(), PlanKind::kNew);
    ledger.set_control(kMailing, Control::kCancelled, "", at(3));
    CHECK_THROWS_AS(writer->commit(0), Refused);
    writer.reset();
    CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kNew), Refused);
    CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kTopUp), Refused);
    CHECK(checked_counts(ledger).of(SkipReason::kCancelled) == 1);
    ledger.set_control({"unplanned", ""}, Control::kCancelled, "", at(3));
    CHECK_THROWS_AS(ledger.write_plan(header({"unplanned", ""}), PlanKind::kNew), Refused);
}

TEST_CASE_TEMPLATE("a held series: no occurrence goes on, not even one that was released", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    const MailingKey first{"weekly", "2026-12-07T09:00"};
    write_plan(ledger, header(first), {person("a@x.example"), person("b@x.example")});
    auto session = ledger.begin_send(first, "test", at(1));
    auto rows = session->claim(1, at(1));
    ledger.set_control(first.series(), Control::kHeld, "wrong logo", at(2));
    ledger.set_control(first, Control::kOpen, "", at(3));
    CHECK(session->control().reason == "wrong logo");
    CHECK(ledger.control(first).control == Control::kOpen);
    CHECK(session->claim(1, at(3)).empty());
    CHECK(session->begin_sending(ids_of(rows), at(3)).empty());
    ledger.set_control(first.series(), Control::kOpen, "", at(4));
    CHECK(session->claim(2, at(4)).size() == 2);
}

TEST_CASE_TEMPLATE("a held campaign: no other campaign waits for it", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    ledger.set_control({"weekly", ""}, Control::kHeld, "", at(1));
    ledger.set_control({"daily", "2026-12-07T09:00"}, Control::kHeld, "", at(1));
    const MailingKey other{"daily", "2026-12-08T09:00"};
    write_plan(ledger, header(other), {person("a@x.example")});
    CHECK(ledger.begin_send(other, "test", at(2))->claim(1, at(2)).size() == 1);
}

TEST_CASE_TEMPLATE("a cancelled series: what was under way is not tried again", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    const MailingKey first{"weekly", "2026-12-07T09:00"};
    write_plan(ledger, header(first), {person("a@x.example")});
    auto session = ledger.begin_send(first, "test", at(1));
    auto rows = session->claim(1, at(1));
    session->begin_sending(ids_of(rows), at(1));
    ledger.set_control(first.series(), Control::kCancelled, "", at(2));
    record(*session, rows[0].id, State::kDeferred);
    CHECK(checked_counts(ledger, first).of(SkipReason::kCancelled) == 1);
}
