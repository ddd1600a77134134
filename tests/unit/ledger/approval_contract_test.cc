// The contract of approvals, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

Approval by(const std::string& name, const std::string& content = "c", int seconds = 1) {
    return {content, "a", "s", std::string("facts\0with a NUL", 16), name, at(seconds)};
}

}  // namespace

TEST_CASE_TEMPLATE("an approval is kept to the byte, with a plan or without", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.approvals(kMailing).empty());
    CHECK(ledger.approved_people(kMailing).empty());
    CHECK(ledger.approve(kMailing, by("Ann"), std::string("\0people", 7)));
    auto found = ledger.approvals(kMailing);
    REQUIRE(found.size() == 1);
    CHECK(found[0].content_hash == "c");
    CHECK(found[0].audience_hash == "a");
    CHECK(found[0].settings_hash == "s");
    CHECK(found[0].facts == by("Ann").facts);
    CHECK(found[0].by == "Ann");
    CHECK(found[0].time == at(1));
    CHECK(ledger.approved_people(kMailing) == std::string("\0people", 7));
    CHECK_FALSE(ledger.plan(kMailing));
}

TEST_CASE_TEMPLATE("approving the same twice is harmless, and keeps the first time", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.approve(kMailing, by("Ann"), "one"));
    CHECK_FALSE(ledger.approve(kMailing, by("Ann", "c", 9), "two"));
    REQUIRE(ledger.approvals(kMailing).size() == 1);
    CHECK(ledger.approvals(kMailing)[0].time == at(1));
    CHECK(ledger.approved_people(kMailing) == "one");
}

TEST_CASE_TEMPLATE("two approvers, and other parts, are approvals of their own", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.approve(kMailing, by("Ann"), "one"));
    CHECK(ledger.approve(kMailing, by("Bob"), "two"));
    CHECK(ledger.approve(kMailing, by("Ann", "other"), "three"));
    auto found = ledger.approvals(kMailing);
    REQUIRE(found.size() == 3);
    CHECK(found[0].by == "Ann");
    CHECK(found[1].by == "Bob");
    CHECK(found[2].content_hash == "other");
    CHECK(ledger.approved_people(kMailing) == "three");
}

TEST_CASE_TEMPLATE("an approval of one mailing is none of another", Form, FORMS) {
    Form form;
    form.ledger->approve(kMailing, by("Ann"), "one");
    CHECK(form.ledger->approvals({"bulletin", ""}).empty());
    CHECK(form.ledger->approvals({kMailing.campaign, "2026-12"}).empty());
}

TEST_CASE_TEMPLATE("a new plan leaves approvals alone, and tells its own parts", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    PlanHeader head = header();
    head.settings = "settings";
    auto writer = ledger.write_plan(head, PlanKind::kNew);
    CHECK(writer->add(person("a@x.example")));
    CHECK_FALSE(writer->add(person("a@x.example")));
    writer->commit({3, "hash"});
    auto first = ledger.plan(kMailing);
    REQUIRE(first);
    CHECK(first->settings == "settings");
    CHECK(first->audience_hash == "hash");
    CHECK(checked_counts(ledger).duplicates == 3);
    ledger.approve(kMailing, by("Ann"), "one");

    plan_people(ledger, {"b@x.example"});
    CHECK(ledger.plan(kMailing)->number != first->number);
    CHECK(ledger.approvals(kMailing).size() == 1);
}

TEST_CASE_TEMPLATE("a top-up says which rows are new, and takes settings and hash", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {"a@x.example"});
    auto before = ledger.plan(kMailing);
    PlanHeader head = header();
    head.settings = "later";
    auto writer = ledger.write_plan(head, PlanKind::kTopUp);
    CHECK_FALSE(writer->add(person("a@x.example")));
    CHECK(writer->add(person("b@x.example")));
    writer->commit({0, "topped up"});
    auto after = ledger.plan(kMailing);
    CHECK(after->number == before->number);
    CHECK(after->settings == "later");
    CHECK(after->audience_hash == "topped up");
}
