// The contract of plans, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE_TEMPLATE("a plan is seen whole, and only once committed", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    auto writer = ledger.write_plan(header(), PlanKind::kNew);
    for (int i = 0; i < 4'500; ++i) writer->add(person("p" + std::to_string(i) + "@x.example"));
    CHECK_FALSE(ledger.plan(kMailing));
    CHECK(ledger.counts(kMailing).total == 0);
    CHECK(ledger.mailings().empty());
    CHECK(states(ledger).empty());
    writer->commit(7);
    Counts counts = checked_counts(ledger);
    CHECK(counts.total == 4'500);
    CHECK(counts.of(State::kPlanned) == 4'500);
    CHECK(counts.duplicates == 7);
    CHECK(ledger.mailings() == std::vector<MailingKey>{kMailing});
    CHECK_THROWS_AS(writer->add(person("late@x.example")), std::logic_error);
    CHECK_THROWS_AS(writer->commit(0), std::logic_error);
}

TEST_CASE_TEMPLATE("a plan keeps its header to the byte", Form, FORMS) {
    Form form;
    auto head = header(kMailing, "action-alerts");
    head.columns = {"a", "", "ü"};
    write_plan(*form.ledger, head, {});
    auto info = form.ledger->plan(kMailing);
    REQUIRE(info);
    CHECK(info->mailing == kMailing);
    CHECK(info->list == "action-alerts");
    CHECK(info->content == head.content);
    CHECK(info->content_hash == head.content_hash);
    CHECK(info->inputs == head.inputs);
    CHECK(info->columns == head.columns);
    CHECK(info->created == head.created);
    CHECK(info->campaign_number > 0);
    CHECK(info->list_number > 0);
    CHECK_FALSE(info->started);
}

TEST_CASE_TEMPLATE("a writer that is given up leaves no plan, and the old one stays", Form, FORMS) {
    Form form;
    { form.ledger->write_plan(header(), PlanKind::kNew)->add(person("a@x.example")); }
    CHECK_FALSE(form.ledger->plan(kMailing));
    plan_people(*form.ledger, {"b@x.example"});
    { form.ledger->write_plan(header(), PlanKind::kNew)->add(person("c@x.example")); }
    { form.ledger->write_plan(header(), PlanKind::kTopUp)->add(person("d@x.example")); }
    CHECK(states(*form.ledger) == std::map<std::string, State>{{"b@x.example", State::kPlanned}});
    CHECK(checked_counts(*form.ledger).total == 1);
}

TEST_CASE_TEMPLATE("skipped rows keep their reason, detail and address", Form, FORMS) {
    Form form;
    write_plan(*form.ledger, header(),
               {{"A@X.example", "a@x.example", {"A", "GB"}, SkipReason::kNone, ""},
                {"nonsense", "lists/m.csv:12", {}, SkipReason::kInvalid, "the domain has no dot"},
                {"B@x.example", "b@x.example", {}, SkipReason::kExcluded, "lists/signed.csv"}});
    auto skipped = form.ledger->rows(kMailing, State::kSkipped, 10);
    REQUIRE(skipped.size() == 2);
    CHECK(skipped[0].address == "nonsense");
    CHECK(skipped[0].skip == SkipReason::kInvalid);
    CHECK(skipped[0].detail == "the domain has no dot");
    CHECK(skipped[1].address == "B@x.example");
    CHECK(skipped[1].skip == SkipReason::kExcluded);
    CHECK(form.ledger->rows(kMailing, State::kSkipped, 1).size() == 1);
    CHECK(skipped[0].cells.empty());
    auto planned = form.ledger->rows(kMailing, State::kPlanned, 10);
    REQUIRE(planned.size() == 1);
    CHECK(planned[0].cells == std::vector<std::string>{"A", "GB"});
    Counts counts = checked_counts(*form.ledger);
    CHECK(counts.of(SkipReason::kInvalid) == 1);
    CHECK(counts.of(SkipReason::kExcluded) == 1);
    auto report = form.ledger->explain(kMailing, "a@x.example");
    REQUIRE(report);
    CHECK(report->address == "A@X.example");
    CHECK(report->state == State::kPlanned);
    CHECK_FALSE(form.ledger->explain(kMailing, "nobody@x.example"));
    CHECK_FALSE(form.ledger->explain({"other", ""}, "a@x.example"));
}

TEST_CASE_TEMPLATE("an address that comes twice is one row", Form, FORMS) {
    Form form;
    std::vector<PlanRow> rows;
    for (int i = 0; i < 3'000; ++i) rows.push_back(person(std::to_string(i) + "@x.example"));
    rows.push_back(person("0@x.example"));
    rows.push_back(person("2999@x.example"));
    write_plan(*form.ledger, header(), rows);
    CHECK(checked_counts(*form.ledger).total == 3'000);
}

TEST_CASE_TEMPLATE("a row with another number of cells is refused", Form, FORMS) {
    Form form;
    auto writer = form.ledger->write_plan(header(), PlanKind::kNew);
    PlanRow row = person("a@x.example");
    row.cells.pop_back();
    CHECK_THROWS_AS(writer->add(row), std::logic_error);
}

TEST_CASE_TEMPLATE("a plan is replaced until a row has left it", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"old@x.example"});
    auto number = ledger.plan(kMailing)->campaign_number;
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        session->give_back(ids_of(session->claim(1, at(1))));
    }
    plan_people(ledger, {"new@x.example"});
    CHECK(ledger.plan(kMailing)->campaign_number == number);
    CHECK_FALSE(ledger.plan(kMailing)->started);
    CHECK(states(ledger) == std::map<std::string, State>{{"new@x.example", State::kPlanned}});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        auto rows = session->claim(1, at(1));
        CHECK_FALSE(ledger.plan(kMailing)->started);
        session->begin_sending(ids_of(rows), at(1));
        CHECK(ledger.plan(kMailing)->started);
        record(*session, rows[0].id, State::kDeferred);
    }
    CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kNew), Refused);
    suppress(ledger, "new@x.example");
    CHECK(ledger.begin_send(kMailing, "test", at(500))->claim(1, at(500)).empty());
    CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kNew), Refused);
}

TEST_CASE_TEMPLATE("a top-up adds only new people and keeps content and history", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kTopUp), Refused);
    plan_people(ledger, {"a@x.example", "b@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "test", at(1));
        record(*session, session->claim(1, at(1))[0].id, State::kAccepted);
    }
    auto head = header();
    head.content = "other";
    head.content_hash = "ffff";
    head.inputs = "later inputs";
    head.created = at(50);
    write_plan(ledger, head, {person("a@x.example"), person("c@x.example"), person("c@x.example")},
               PlanKind::kTopUp, 3);
    CHECK(states(ledger) == std::map<std::string, State>{{"a@x.example", State::kAccepted},
                                                         {"b@x.example", State::kPlanned},
                                                         {"c@x.example", State::kPlanned}});
    CHECK(checked_counts(ledger).total == 3);
    CHECK(ledger.counts(kMailing).duplicates == 3);
    auto info = ledger.plan(kMailing);
    CHECK(info->content == header().content);
    CHECK(info->content_hash == header().content_hash);
    CHECK(info->created == header().created);
    CHECK(info->inputs == "later inputs");
    auto session = ledger.begin_send(kMailing, "test", at(60));
    CHECK(keys_of(session->claim(9, at(60))) ==
          std::vector<std::string>{"b@x.example", "c@x.example"});
}

TEST_CASE_TEMPLATE("a top-up with other columns is refused", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto head = header();
    head.columns.push_back("new");
    CHECK_THROWS_AS(form.ledger->write_plan(head, PlanKind::kTopUp), Refused);
}

TEST_CASE_TEMPLATE("campaigns, occurrences and lists are told apart", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    MailingKey first{"weekly", "2026-12-01"}, second{"weekly", "2026-12-08"}, other{"one", ""};
    auto later = header(first, "news");
    later.created = at(10);
    write_plan(ledger, later, {person("a@x.example")});
    write_plan(ledger, header(second, "news"), {person("a@x.example"), person("b@x.example")});
    write_plan(ledger, header(other, "alerts"), {});
    CHECK(ledger.mailings() == std::vector<MailingKey>{second, other, first});
    CHECK(ledger.counts(first).total == 1);
    CHECK(ledger.counts(second).total == 2);
    CHECK(ledger.plan(first)->campaign_number == ledger.plan(second)->campaign_number);
    CHECK(ledger.plan(first)->campaign_number != ledger.plan(other)->campaign_number);
    CHECK(ledger.plan(first)->list_number == ledger.plan(second)->list_number);
    CHECK(ledger.plan(first)->list_number != ledger.plan(other)->list_number);
    auto a = ledger.begin_send(first, "test", at(1));
    auto b = ledger.begin_send(second, "test", at(1));
    CHECK(a->claim(1, at(1))[0].id != b->claim(1, at(1))[0].id);
}

TEST_CASE_TEMPLATE("one plans or sends a mailing at a time", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example"});
    {
        auto session = ledger.begin_send(kMailing, "pid 77 on host", at(1));
        CHECK_THROWS_WITH_AS(ledger.begin_send(kMailing, "me", at(1)),
                             doctest::Contains("pid 77 on host"), Busy);
        CHECK_THROWS_AS(ledger.write_plan(header(), PlanKind::kTopUp), Busy);
    }
    auto writer = ledger.write_plan(header(), PlanKind::kTopUp);
    CHECK_THROWS_AS(ledger.begin_send(kMailing, "me", at(1)), Busy);
    writer->commit(0);
    CHECK_NOTHROW(ledger.begin_send(kMailing, "me", at(1)));
}

TEST_CASE_TEMPLATE("a ledger has an id of its own", Form, FORMS) {
    Form form, other;
    CHECK(form.ledger->id().size() == 32);
    CHECK(form.ledger->id() != other.ledger->id());
}
