// The contract of sends, W1 to W3 and recovery, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

using Keys = std::vector<std::string>;

TEST_CASE_TEMPLATE("a row goes from planned over sending to accepted", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    CHECK(session->recovery().in_doubt == 0);
    auto rows = session->claim(1, at(2));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].address == "a@x.example");
    CHECK(rows[0].cells == Keys{"Name of a@x.example", "GB"});
    CHECK(rows[0].attempts == 0);
    CHECK(rows[0].first_attempt == at(2));
    CHECK(checked_counts(ledger).of(State::kPlanned) == 2);
    CHECK(session->begin_sending(ids_of(rows), at(3)) == ids_of(rows));
    CHECK(checked_counts(ledger).of(State::kSending) == 1);
    record(*session, rows[0].id, State::kAccepted);
    CHECK(checked_counts(ledger).of(State::kAccepted) == 1);
    auto report = ledger.explain(kMailing, "a@x.example");
    REQUIRE(report->attempts.size() == 1);
    const AttemptRecord& made = report->attempts[0];
    CHECK(made.transport == "relay");
    CHECK(made.state == State::kAccepted);
    CHECK(made.attempt.phase == Phase::kEndOfData);
    CHECK(made.attempt.reply->line() == "250 2.0.0 queued");
    CHECK(made.attempt.error == "");
    CHECK(made.attempt.started == at(10));
    CHECK(made.attempt.ended == at(11));
}

TEST_CASE_TEMPLATE("claims come in plan order and never twice", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"c@x.example", "a@x.example", "b@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(keys_of(session->claim(2, at(1))) == Keys{"c@x.example", "a@x.example"});
    CHECK(keys_of(session->claim(2, at(1))) == Keys{"b@x.example"});
    CHECK(session->claim(2, at(1)).empty());
}

TEST_CASE_TEMPLATE("rows given back come again, before those behind them", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example", "c@x.example", "d@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    auto rows = session->claim(3, at(1));
    session->begin_sending(std::vector{rows[2].id}, at(1));
    session->give_back(std::vector{rows[2].id, rows[0].id});
    CHECK(checked_counts(*form.ledger).of(State::kPlanned) == 4);
    auto again = session->claim(3, at(900));
    CHECK(keys_of(again) == Keys{"a@x.example", "c@x.example", "d@x.example"});
    CHECK(again[0].first_attempt == at(900));
    CHECK(form.ledger->explain(kMailing, "c@x.example")->attempts.empty());
}

TEST_CASE_TEMPLATE("a deferred row waits, then comes before new ones with its first date", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    CHECK_FALSE(session->next_due());
    auto rows = session->claim(2, at(2));
    record(*session, rows[0].id, State::kDeferred, 200);  // due at 300
    record(*session, rows[1].id, State::kDeferred, 100);  // due at 200
    CHECK(session->next_due() == at(200));
    CHECK(ledger.explain(kMailing, "b@x.example")->not_before == at(200));
    CHECK(session->claim(0, at(199)).empty());
    auto due = session->claim(3, at(300));
    CHECK(keys_of(due) == Keys{"b@x.example", "a@x.example", "c@x.example"});
    CHECK(due[0].attempts == 1);
    CHECK(due[0].first_attempt == at(2));
    CHECK_FALSE(session->next_due());
    session->begin_sending(ids_of(due), at(301));
    record(*session, due[0].id, State::kExpired, 310);
    record(*session, due[1].id, State::kRejected, 310);
    record(*session, due[2].id, State::kInDoubt, 310);
    Counts counts = checked_counts(ledger);
    CHECK(counts.of(State::kExpired) == 1);
    CHECK(counts.of(State::kRejected) == 1);
    CHECK(counts.of(State::kInDoubt) == 1);
    CHECK(counts.finished());
    auto attempts = ledger.explain(kMailing, "b@x.example")->attempts;
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0].state == State::kDeferred);
    CHECK(attempts[0].attempt.error == "connection reset");
    CHECK_FALSE(attempts[0].attempt.reply);
    CHECK(attempts[1].state == State::kExpired);
    CHECK(session->claim(9, at(9'999)).empty());
}

TEST_CASE_TEMPLATE("a retry that is given back stays a retry", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    record(*session, session->claim(1, at(1))[0].id, State::kDeferred, 10);  // due at 110
    for (bool sending : {false, true}) {
        auto rows = session->claim(1, at(200));
        REQUIRE(rows.size() == 1);
        if (sending) session->begin_sending(ids_of(rows), at(200));
        session->give_back(ids_of(rows));
        CHECK(checked_counts(*form.ledger).of(State::kDeferred) == 1);
        CHECK(session->next_due() == at(110));
    }
    CHECK(session->claim(1, at(201))[0].first_attempt == at(1));
}

TEST_CASE_TEMPLATE("a deferral without a time is due at its end", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    auto later = outcome(session->claim(1, at(1))[0].id, State::kDeferred, 10);
    later.not_before.reset();
    session->record(std::vector{later});
    CHECK(session->next_due() == at(11));
}

TEST_CASE_TEMPLATE("a dead sender's claims go back, its sending rows are in doubt", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example", "d@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        auto rows = session->claim(3, at(1));
        session->begin_sending(std::vector{rows[0].id, rows[1].id}, at(5));
        record(*session, rows[0].id, State::kAccepted);
        session->departing(rows[1].id);
    }
    auto expected = std::map<std::string, State>{{"a@x.example", State::kAccepted},
                                                 {"b@x.example", State::kInDoubt},
                                                 {"c@x.example", State::kPlanned},
                                                 {"d@x.example", State::kPlanned}};
    CHECK(ledger.begin_send(kMailing, "test", at(20))->recovery().in_doubt == 1);
    CHECK(states(ledger) == expected);
    auto session = ledger.begin_send(kMailing, "test", at(21));
    CHECK(session->recovery().in_doubt == 0);
    CHECK(states(ledger) == expected);
    CHECK(checked_counts(ledger).total == 4);
    auto attempts = ledger.explain(kMailing, "b@x.example")->attempts;
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].state == State::kInDoubt);
    CHECK(attempts[0].attempt.phase == Phase::kEndOfData);
    CHECK(attempts[0].attempt.started == at(5));
    CHECK(attempts[0].attempt.ended == at(20));
    CHECK(keys_of(session->claim(9, at(22))) == Keys{"c@x.example", "d@x.example"});
}

TEST_CASE_TEMPLATE("a dead sender's rows whose end of data had not left are planned again", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        session->begin_sending(ids_of(session->claim(2, at(1))), at(5));
    }
    auto session = ledger.begin_send(kMailing, "test", at(20));
    CHECK(session->recovery().not_sent == 2);
    CHECK(session->recovery().in_doubt == 0);
    CHECK(checked_counts(ledger).of(State::kPlanned) == 2);
    CHECK(ledger.explain(kMailing, "a@x.example")->attempts.empty());
    CHECK(session->claim(2, at(21))[0].first_attempt == at(21));
}

TEST_CASE_TEMPLATE("a dead sender's answers that no commit had are recorded by the next", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        auto rows = ids_of(session->claim(3, at(1)));
        session->begin_sending(rows, at(5));
        for (RowId id : rows) session->departing(id);
        session->answered(outcome(rows[0], State::kAccepted));
        session->answered(outcome(rows[1], State::kDeferred, 10));
        session->answered(outcome(rows[2], State::kInDoubt));
        session->keep_answers();
    }
    auto session = ledger.begin_send(kMailing, "test", at(20));
    CHECK(session->recovery().answered == 3);
    CHECK(session->recovery().in_doubt == 1);
    CHECK(states(ledger) == std::map<std::string, State>{{"a@x.example", State::kAccepted},
                                                         {"b@x.example", State::kDeferred},
                                                         {"c@x.example", State::kInDoubt}});
    CHECK(checked_counts(ledger).total == 3);
    CHECK(session->next_due() == at(110));
    auto attempts = ledger.explain(kMailing, "a@x.example")->attempts;
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].attempt.reply->line() == "250 2.0.0 queued");
    CHECK(attempts[0].attempt.started == at(10));
    session.reset();
    CHECK(ledger.begin_send(kMailing, "test", at(30))->recovery().answered == 0);
}

TEST_CASE_TEMPLATE("whom an answer did not concern is planned again after its sender's death", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        auto rows = ids_of(session->claim(2, at(1)));
        session->begin_sending(rows, at(5));
        for (RowId id : rows) session->departing(id);
        session->not_sent(rows[0]);
    }
    auto session = ledger.begin_send(kMailing, "test", at(20));
    CHECK(session->recovery().not_sent == 1);
    CHECK(states(ledger) == std::map<std::string, State>{{"a@x.example", State::kPlanned},
                                                         {"b@x.example", State::kInDoubt}});
    CHECK(ledger.explain(kMailing, "a@x.example")->attempts.empty());
}

TEST_CASE_TEMPLATE("an intent is not granted while the mailing is held, and the row is free again",
                   Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = ids_of(session->claim(2, at(1)));
    ledger.set_control(kMailing, Control::kHeld, "wait", at(2));
    auto committed = session->commit({{}, {}, {rows[0]}}, at(3));
    CHECK(committed.granted.empty());
    CHECK(committed.control.control == Control::kHeld);
    CHECK(checked_counts(ledger).of(State::kPlanned) == 2);
    ledger.set_control(kMailing, Control::kOpen, "", at(4));
    CHECK(ids_of(session->claim(2, at(5))) == std::vector<RowId>{rows[0]});
}

namespace {

// Lets so many go, each to the slot of its number; those of one domain wait.
struct Gate : ClaimGate {
    int left = 2;
    std::string waiting_domain;
    void open(PaceStore& store) override { seen = store.read("scope"); }
    void close(PaceStore& store) override { store.write("scope", "left " + std::to_string(left)); }
    Answer ask(const std::string& key) override {
        if (!waiting_domain.empty() && key.ends_with(waiting_domain)) {
            return {Answer::Kind::kGroupWaits, {}, waiting_domain};
        }
        return ask_group("");
    }
    Answer ask_group(const std::string& group) override {
        if (group == waiting_domain && !group.empty())
            return {Answer::Kind::kGroupWaits, {}, group};
        if (left == 0) return {Answer::Kind::kAllWait, {}, ""};
        return {Answer::Kind::kGo, Slot(left--), ""};
    }
    std::string seen;
};

}  // namespace

TEST_CASE_TEMPLATE("no row is claimed without its token, and what is spent stays in the ledger",
                   Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example", "c@x.example"});
    Gate gate;
    {
        auto session = form.ledger->begin_send(kMailing, "test", at(1));
        auto rows = session->claim(9, at(1), &gate);
        CHECK(keys_of(rows) == Keys{"a@x.example", "b@x.example"});
        CHECK(rows[0].slot == Slot(2));
        CHECK(session->claim(9, at(1), &gate).empty());
        gate.left = 1;
        CHECK(keys_of(session->claim(9, at(1), &gate)) == Keys{"c@x.example"});
    }
    auto session = form.ledger->begin_send(kMailing, "test", at(2));
    session->claim(0, at(2), &gate);
    CHECK(gate.seen == "left 0");
}

TEST_CASE_TEMPLATE("one slow domain does not hold up the others, and comes when it may", Form,
                   FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@slow.example", "b@x.example", "c@slow.example", "d@x.example"});
    Gate gate;
    gate.left = 9;
    gate.waiting_domain = "slow.example";
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(keys_of(session->claim(9, at(1), &gate)) == Keys{"b@x.example", "d@x.example"});
    CHECK(session->claim(9, at(1), &gate).empty());
    gate.waiting_domain.clear();
    CHECK(keys_of(session->claim(1, at(1), &gate)) == Keys{"a@slow.example"});
    CHECK(keys_of(session->claim(9, at(1), &gate)) == Keys{"c@slow.example"});
}

TEST_CASE_TEMPLATE("what comes back unsent leaves a plan that may be replaced", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = ids_of(session->claim(1, at(1)));
    session->begin_sending(rows, at(2));
    CHECK(ledger.plan(kMailing)->started);
    session->give_back(rows);
    CHECK_FALSE(ledger.plan(kMailing)->started);
    session.reset();
    CHECK_NOTHROW(plan_people(ledger, {"b@x.example"}));
}

TEST_CASE_TEMPLATE("a row that the session does not hold is refused, nothing is done", Form,
                   FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    RowId id = session->claim(1, at(1))[0].id;
    std::vector<RowId> rows{id, id + 1};
    CHECK_THROWS_AS(session->begin_sending(rows, at(1)), std::logic_error);
    CHECK_THROWS_AS(session->give_back(rows), std::logic_error);
    std::vector outcomes{outcome(id, State::kAccepted), outcome(id + 1, State::kAccepted)};
    CHECK_THROWS_AS(session->record(outcomes), std::logic_error);
    CHECK_THROWS_AS(session->record(std::vector{outcome(id, State::kSkipped)}), std::logic_error);
    CHECK(checked_counts(*form.ledger).of(State::kPlanned) == 2);
    CHECK(session->begin_sending(std::vector{id}, at(1)).size() == 1);
}

TEST_CASE_TEMPLATE("an intent for a row that the same batch gives back is refused, nothing is done",
                   Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    RowId id = session->claim(1, at(1))[0].id;
    CHECK_THROWS_AS(session->commit({{}, {id}, {id}}, at(2)), std::logic_error);
    CHECK(checked_counts(*form.ledger).of(State::kPlanned) == 1);
}

TEST_CASE_TEMPLATE("nothing is sent without a plan", Form, FORMS) {
    Form form;
    CHECK_THROWS_AS(form.ledger->begin_send(kMailing, "test", at(1)), Refused);
    CHECK_THROWS_AS(form.ledger->begin_send(kMailing, "test", at(1)), Refused);
}

TEST_CASE_TEMPLATE("somebody who unsubscribes before the claim is skipped", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example"}, "news");
    auto session = ledger.begin_send(kMailing, "test", at(1));
    suppress(ledger, "a@x.example", "news");
    suppress(ledger, "b@x.example", "other list");
    CHECK(keys_of(session->claim(2, at(1))) == Keys{"b@x.example", "c@x.example"});
    Counts counts = checked_counts(ledger);
    CHECK(counts.of(SkipReason::kSuppressed) == 1);
    CHECK(ledger.explain(kMailing, "a@x.example")->detail == "unsubscribe, web");
}

TEST_CASE_TEMPLATE("somebody who unsubscribes between claim and intent is skipped", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = session->claim(1, at(1));
    suppress(ledger, "a@x.example");
    auto more = session->claim(1, at(1));  // checked against the longer list
    rows.insert(rows.end(), more.begin(), more.end());
    CHECK(session->begin_sending(ids_of(rows), at(2)) == std::vector<RowId>{rows[1].id});
    CHECK(states(ledger)["a@x.example"] == State::kSkipped);
    CHECK(states(ledger)["b@x.example"] == State::kSending);
    CHECK(checked_counts(ledger).of(SkipReason::kSuppressed) == 1);
    CHECK_THROWS_AS(session->give_back(std::vector{rows[0].id}), std::logic_error);
}

TEST_CASE_TEMPLATE("a retry is checked against the suppression list too", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    record(*session, session->claim(1, at(1))[0].id, State::kDeferred, 10);
    suppress(*form.ledger, "a@x.example");
    CHECK(session->claim(1, at(500)).empty());
    CHECK(checked_counts(*form.ledger).of(SkipReason::kSuppressed) == 1);
    CHECK_FALSE(session->next_due());
}

TEST_CASE_TEMPLATE("a retry behind one that a rate held back comes with the same claim", Form,
                   FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    record(*session, session->claim(1, at(1))[0].id, State::kDeferred, 10);  // due at 110
    Gate gate;
    gate.left = 0;
    CHECK(session->claim(9, at(5), &gate).empty());
    gate.left = 9;
    auto rows = keys_of(session->claim(9, at(200), &gate));
    std::sort(rows.begin(), rows.end());
    CHECK(rows == Keys{"a@x.example", "b@x.example"});
}

TEST_CASE_TEMPLATE("a retry comes due although the clock was set back", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    auto rows = session->claim(2, at(1));
    record(*session, rows[0].id, State::kDeferred, 400);  // due at 500
    CHECK(keys_of(session->claim(2, at(500))) == Keys{"a@x.example"});
    record(*session, rows[1].id, State::kDeferred, 10);  // due at 110
    CHECK(session->claim(2, at(100)).empty());
    CHECK(keys_of(session->claim(2, at(110))) == Keys{"b@x.example"});
}
