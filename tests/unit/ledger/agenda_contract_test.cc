// What a program that looks in every minute asks: what is unfinished, who plans first, what was
// noted.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

MailingKey weekly(const std::string& occurrence) {
    return {"weekly", occurrence};
}

void finish(Ledger& ledger, const MailingKey& mailing, State state) {
    auto session = ledger.begin_send(mailing, "test", at(0));
    for (const auto& row : session->claim(10, at(1))) record(*session, row.id, state);
}

using Keys = std::vector<MailingKey>;

}  // namespace

TEST_CASE_TEMPLATE("a mailing is unfinished until nobody is planned, sending or deferred", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.unfinished("weekly").empty());
    for (const char* day : {"2", "1", "4", "3"})
        write_plan(ledger, header(weekly(day)), {person("p@x")});
    write_plan(ledger, header({"other", "1"}), {person("p@x")});
    CHECK(ledger.unfinished("weekly") == Keys{weekly("1"), weekly("2"), weekly("3"), weekly("4")});
    finish(ledger, weekly("1"), State::kAccepted);
    finish(ledger, weekly("2"), State::kDeferred);
    finish(ledger, weekly("3"), State::kInDoubt);
    CHECK(ledger.unfinished("weekly") == Keys{weekly("2"), weekly("4")});
    write_plan(ledger, header(weekly("1")), {person("q@x")}, PlanKind::kTopUp);
    ledger.set_control(weekly("4"), Control::kHeld, "", at(2));
    CHECK(ledger.unfinished("weekly") == Keys{weekly("1"), weekly("2"), weekly("4")});
    ledger.set_control(weekly("2"), Control::kCancelled, "", at(2));
    CHECK(ledger.unfinished("weekly") == Keys{weekly("1"), weekly("4")});
    CHECK(ledger.unfinished("other") == Keys{{"other", "1"}});
}

TEST_CASE_TEMPLATE("a mailing without plan is unfinished once it was held or released", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    ledger.approve(weekly("0"), {"c", "a", "s", "facts", "Ann", at(1)}, "");
    ledger.set_control(weekly("1"), Control::kHeld, "late", at(1));
    ledger.set_control(weekly("2"), Control::kOpen, "", at(1));
    ledger.set_control(weekly("3"), Control::kCancelled, "", at(1));
    {
        auto abandoned = ledger.write_plan(header(weekly("4")), PlanKind::kNew);
        abandoned->add(person("p@x"));
    }
    CHECK(ledger.unfinished("weekly") == Keys{weekly("1"), weekly("2")});
    write_plan(ledger, header(weekly("2")), {person("p@x")});
    finish(ledger, weekly("2"), State::kAccepted);
    CHECK(ledger.unfinished("weekly") == Keys{weekly("1")});
}

TEST_CASE_TEMPLATE("of two who plan first, the second is told and changes nothing", Form, FORMS) {
    Form form;
    write_plan(*form.ledger, header(), {person("p@x")}, PlanKind::kFirst);
    auto number = form.ledger->plan(kMailing)->number;
    CHECK_THROWS_AS(form.ledger->write_plan(header(), PlanKind::kFirst), Busy);
    CHECK(form.ledger->plan(kMailing)->number == number);
    {
        auto writer = form.ledger->write_plan(header(weekly("1")), PlanKind::kFirst);
        writer->add(person("p@x"));
    }
    CHECK_FALSE(form.ledger->plan(weekly("1")));
    write_plan(*form.ledger, header(weekly("1")), {person("q@x")}, PlanKind::kFirst);
    CHECK(states(*form.ledger, weekly("1")).contains("q@x"));
    form.ledger->set_control(weekly("2"), Control::kCancelled, "", at(1));
    CHECK_THROWS_AS(form.ledger->write_plan(header(weekly("2")), PlanKind::kFirst), Refused);
}

TEST_CASE_TEMPLATE("a note is what was written last, and an empty one is none", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.note("beat:a").empty());
    CHECK(ledger.set_note("beat:a", "1"));
    CHECK_FALSE(ledger.set_note("beat:a", "1"));
    CHECK(ledger.set_note("beat:a", "2"));
    CHECK(ledger.note("beat:a") == "2");
    CHECK(ledger.set_note("beat:a", ""));
    CHECK_FALSE(ledger.set_note("beat:a", ""));
    CHECK(ledger.note("beat:a").empty());
    CHECK(ledger.notes("").empty());
}

TEST_CASE_TEMPLATE("notes are found by how they begin, letters as they are", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    for (const char* subject : {"seen:b", "seen:a", "seen", "Seen:a", "seen:%", "seen;", "seem:z"})
        ledger.set_note(subject, subject);
    using Found = std::vector<std::pair<std::string, std::string>>;
    CHECK(ledger.notes("seen:") ==
          Found{{"seen:%", "seen:%"}, {"seen:a", "seen:a"}, {"seen:b", "seen:b"}});
    CHECK(ledger.notes("seen:%") == Found{{"seen:%", "seen:%"}});
    CHECK(ledger.notes("").size() == 7);
    CHECK(ledger.notes("t").empty());
}

TEST_CASE_TEMPLATE("a note that counts begins at one and goes on from what was written", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.advance_note("generation") == 1);
    CHECK(ledger.advance_note("generation") == 2);
    CHECK(ledger.note("generation") == "2");
    ledger.set_note("generation", "4611686018427387904");
    CHECK(ledger.advance_note("generation") == 4611686018427387905);
    CHECK(ledger.advance_note("other") == 1);
}
