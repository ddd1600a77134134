// The contract of mails in doubt: who they are, and what can be made of them.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::vector<DoubtfulRow> doubtful(Ledger& ledger, const MailingKey& mailing = kMailing) {
    std::vector<DoubtfulRow> rows;
    ledger.in_doubt(mailing, [&](const DoubtfulRow& row) { rows.push_back(row); });
    return rows;
}

// Two in doubt, one accepted, one planned.
void leave_doubts(Ledger& ledger) {
    plan_people(ledger, {"a@x.example", "b@x.example", "c@x.example", "d@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = ids_of(session->claim(3, at(1)));
    session->begin_sending(rows, at(2));
    session->record(std::vector{outcome(rows[0], State::kInDoubt),
                                outcome(rows[1], State::kAccepted),
                                outcome(rows[2], State::kInDoubt)});
}

std::size_t resolve(Ledger& ledger, RowId id, Resolution resolution,
                    const std::string& evidence = "") {
    Verdict one[] = {{id, resolution, evidence}};
    return ledger.resolve(kMailing, one, "command line", at(100));
}

}  // namespace

TEST_CASE_TEMPLATE("those in doubt, in plan order, with their attempts", Form, FORMS) {
    Form form;
    CHECK(doubtful(*form.ledger).empty());
    leave_doubts(*form.ledger);
    auto rows = doubtful(*form.ledger);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].key == "a@x.example");
    CHECK(rows[0].address == "a@x.example");
    CHECK(rows[1].key == "c@x.example");
    REQUIRE(rows[1].attempts.size() == 1);
    CHECK(rows[1].attempts[0].state == State::kInDoubt);
    CHECK(rows[1].attempts[0].attempt.started == at(10));
}

TEST_CASE_TEMPLATE("more in doubt than are read at once", Form, FORMS) {
    Form form;
    std::vector<std::string> keys;
    for (int i = 1000; i < 3500; ++i) keys.push_back(std::to_string(i) + "@x.example");
    plan_people(*form.ledger, keys);
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    std::vector<RowOutcome> outcomes;
    for (RowId id : ids_of(session->claim(2'500, at(1))))
        outcomes.push_back(outcome(id, State::kInDoubt));
    session->record(outcomes);
    // A resolution while they are visited takes nobody away from the rest.
    std::size_t visited = 0;
    form.ledger->in_doubt(kMailing, [&](const DoubtfulRow& row) {
        ++visited;
        resolve(*form.ledger, row.id, Resolution::kAccept);
    });
    CHECK(visited == 2'500);
    CHECK(checked_counts(*form.ledger).of(State::kAccepted) == 2'500);
}

TEST_CASE_TEMPLATE("accepted: final, recorded, and only once", Form, FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    RowId id = doubtful(*form.ledger)[0].id;
    CHECK(resolve(*form.ledger, id, Resolution::kAccept, "queued as 4XyZ") == 1);
    CHECK(resolve(*form.ledger, id, Resolution::kResend) == 0);
    Counts counts = checked_counts(*form.ledger);
    CHECK(counts.of(State::kAccepted) == 2);
    CHECK(counts.of(State::kInDoubt) == 1);
    auto report = form.ledger->explain(kMailing, "a@x.example");
    CHECK(report->state == State::kAccepted);
    CHECK(report->attempts.size() == 1);
    REQUIRE(report->resolutions.size() == 1);
    CHECK(report->resolutions[0].resolution == Resolution::kAccept);
    CHECK(report->resolutions[0].source == "command line");
    CHECK(report->resolutions[0].evidence == "queued as 4XyZ");
    CHECK(report->resolutions[0].time == at(100));
    auto session = form.ledger->begin_send(kMailing, "test", at(200));
    CHECK(keys_of(session->claim(9, at(200))) == std::vector<std::string>{"d@x.example"});
}

TEST_CASE_TEMPLATE("resent: the next send takes it up with its first date and its attempts", Form,
                   FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    RowId id = doubtful(*form.ledger)[1].id;
    CHECK(resolve(*form.ledger, id, Resolution::kResend) == 1);
    CHECK(checked_counts(*form.ledger).of(State::kDeferred) == 1);
    auto session = form.ledger->begin_send(kMailing, "test", at(100));
    auto rows = session->claim(1, at(100));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == id);
    CHECK(rows[0].attempts == 1);
    CHECK(rows[0].first_attempt == at(1));
    session->give_back(ids_of(rows));
    CHECK(session->claim(1, at(100)).front().id == id);
    record(*session, id, State::kAccepted, 101);
    CHECK(form.ledger->explain(kMailing, "c@x.example")->attempts.size() == 2);
    CHECK(checked_counts(*form.ledger).of(State::kAccepted) == 2);
}

TEST_CASE_TEMPLATE("held: in doubt as before, and every decision is recorded", Form, FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    RowId id = doubtful(*form.ledger)[0].id;
    CHECK(resolve(*form.ledger, id, Resolution::kHold, "asked her") == 1);
    CHECK(checked_counts(*form.ledger).of(State::kInDoubt) == 2);
    CHECK(resolve(*form.ledger, id, Resolution::kAccept) == 1);
    auto report = form.ledger->explain(kMailing, "a@x.example");
    REQUIRE(report->resolutions.size() == 2);
    CHECK(report->resolutions[0].evidence == "asked her");
    CHECK(report->resolutions[1].resolution == Resolution::kAccept);
}

TEST_CASE_TEMPLATE("while a sender holds the mailing one can accept, not resend", Form, FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    auto rows = doubtful(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(3));
    CHECK_THROWS_AS(resolve(*form.ledger, rows[0].id, Resolution::kResend), Busy);
    CHECK(resolve(*form.ledger, rows[0].id, Resolution::kAccept) == 1);
    session.reset();
    CHECK(resolve(*form.ledger, rows[1].id, Resolution::kResend) == 1);
    Counts counts = checked_counts(*form.ledger);
    CHECK(counts.of(State::kInDoubt) == 0);
    CHECK(counts.of(State::kAccepted) == 2);
}

TEST_CASE_TEMPLATE("a cancelled campaign is not sent again to those in doubt", Form, FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    auto rows = doubtful(*form.ledger);
    form.ledger->set_control(kMailing, Control::kCancelled, "", at(50));
    CHECK_THROWS_AS(resolve(*form.ledger, rows[0].id, Resolution::kResend), Refused);
    CHECK(resolve(*form.ledger, rows[0].id, Resolution::kAccept) == 1);
    CHECK(checked_counts(*form.ledger).of(State::kInDoubt) == 1);
}

TEST_CASE_TEMPLATE("one stray row, and none of the verdicts holds", Form, FORMS) {
    Form form;
    leave_doubts(*form.ledger);
    RowId id = doubtful(*form.ledger)[0].id;
    std::vector<Verdict> verdicts{{id, Resolution::kAccept, ""}, {0, Resolution::kAccept, ""}};
    CHECK_THROWS_AS(form.ledger->resolve(kMailing, verdicts, "test", at(9)), std::invalid_argument);
    CHECK(doubtful(*form.ledger).size() == 2);
    CHECK(form.ledger->explain(kMailing, "a@x.example")->resolutions.empty());
}

TEST_CASE_TEMPLATE("recovering leaves a living sender alone", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.recover(kMailing, "test", at(1)).in_doubt == 0);
    plan_people(ledger, {"a@x.example", "b@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = ids_of(session->claim(1, at(1)));
    session->begin_sending(rows, at(2));
    session->departing(rows[0]);
    CHECK(ledger.recover(kMailing, "test", at(3)).in_doubt == 0);
    CHECK(doubtful(ledger).empty());
    session.reset();
    CHECK(ledger.recover(kMailing, "test", at(4)).in_doubt == 1);
    CHECK(ledger.recover(kMailing, "test", at(5)).in_doubt == 0);
    CHECK(doubtful(ledger).size() == 1);
    CHECK(checked_counts(ledger).of(State::kPlanned) == 1);
}

TEST_CASE_TEMPLATE("whoever certainly got a mail has no soft bounces", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    for (const char* campaign : {"one", "two", "alert", "three"}) {
        const MailingKey mailing{campaign, ""};
        write_plan(ledger, header(mailing), {person("a@x.example")});
        auto session = ledger.begin_send(mailing, "test", at(1));
        RowId id = session->claim(1, at(1))[0].id;
        bool doubt = mailing == kMailing;
        auto one = outcome(id, doubt ? State::kInDoubt : State::kRejected);
        session->record(std::vector{doubt ? one : soft_bounced(one)});
        if (doubt) resolve(ledger, id, Resolution::kAccept);
    }
    CHECK(ledger.suppression_history("a@x.example").empty());
}
