// Entries under hashed names, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "a@x.example";

KeyRing keys() {
    return KeyRing(std::vector<std::string>{"a secret of today", "a secret of before"});
}

AddressNames names(bool hash_new = true) {
    return AddressNames(keys(), SuppressionKey("never changes"), hash_new);
}

void use(Ledger& ledger, const AddressNames& names) {
    ledger.use_names(std::make_shared<AddressNames>(names));
}

std::vector<std::string> listed(Ledger& ledger, const SuppressionFilter& filter = {}) {
    std::vector<std::string> found;
    ledger.for_each_suppression(filter, [&](const Suppression& e) { found.push_back(e.address); });
    return found;
}

// The name in a token that an earlier secret signed.
std::string name_in_old_token(const std::string& address) {
    return names().name(2, address);
}

}  // namespace

TEST_CASE_TEMPLATE("a hashed entry keeps its address from every write of a send", Form, FORMS) {
    for (std::size_t kind = 0; kind < 3; ++kind) {
        Form form;
        Ledger& ledger = *form.ledger;
        use(ledger, names(false));
        plan_people(ledger, {kAnn, "b@x.example", "c@x.example"});
        suppress(ledger, names().name(kind, kAnn));
        std::vector<PlanRow> rows{person(kAnn), person("b@x.example")};
        ledger.skip_suppressed(rows, "", at(1));
        CHECK(rows[0].skip == SkipReason::kSuppressed);
        CHECK(rows[1].skip == SkipReason::kNone);
        CHECK(ledger.is_suppressed(kAnn, "news"));
        auto session = ledger.begin_send(kMailing, "test", at(2));
        auto claimed = session->claim(5, at(2));
        CHECK(keys_of(claimed) == std::vector<std::string>{"b@x.example", "c@x.example"});
        suppress(ledger, names().name(kind, "b@x.example"));
        CHECK(session->begin_sending(ids_of(claimed), at(3)) == std::vector<RowId>{claimed[1].id});
        CHECK(checked_counts(ledger).of(SkipReason::kSuppressed) == 2);
    }
}

TEST_CASE_TEMPLATE("where hashes are kept, no address is in the list or its history", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    use(ledger, names());
    plan_people(ledger, {"b@x.example"});
    suppress(ledger, kAnn);
    CHECK(ledger.unsuppress({kAnn, "all"}, "command line", at(7)) == 1);
    suppress(ledger, kAnn);
    auto session = ledger.begin_send(kMailing, "test", at(8));
    auto rows = session->claim(1, at(8));
    session->record(std::vector{with_suppression(outcome(rows[0].id, State::kRejected))});
    session->settle_suppressions(true, at(20));
    auto entries = listed(ledger);
    CHECK(entries.size() == 2);
    for (const std::string& address : entries) CHECK(address.starts_with("h:"));
    for (const std::string& key : {kAnn, std::string("b@x.example")}) {
        auto history = ledger.suppression_history(key);
        CHECK(history.size() == (key == kAnn ? 3 : 2));
        for (const auto& event : history) CHECK(event.entry.address == names().kept(key));
        CHECK(ledger.is_suppressed(key, ""));
    }
    CHECK(ledger.undo_suppressions({"alert", {}, {}}, "command line", at(30)) == 1);
    CHECK_FALSE(ledger.is_suppressed("b@x.example", ""));
    CHECK(ledger.is_suppressed(kAnn, ""));
}

TEST_CASE_TEMPLATE("a provisional entry is kept as a hash and forgotten as one", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    use(ledger, names());
    plan_people(ledger, {kAnn});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = session->claim(1, at(1));
    session->record(std::vector{with_suppression(outcome(rows[0].id, State::kRejected))});
    CHECK(session->settle_suppressions(false, at(20)) == 1);
    auto history = ledger.suppression_history(kAnn);
    REQUIRE(history.size() == 2);
    CHECK(history[1].change == SuppressionChange::kForgotten);
    for (const auto& event : history) CHECK(event.entry.address == names().kept(kAnn));
}

TEST_CASE_TEMPLATE("an address that stands under any name is not added again", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    suppress(ledger, kAnn);
    use(ledger, names());
    CHECK(ledger.suppress(std::vector{unsubscribe(kAnn)}) == 0);
    suppress(ledger, name_in_old_token("b@x.example"), "news");
    CHECK(ledger.suppress(std::vector{unsubscribe("b@x.example", "news")}) == 0);
    CHECK(ledger.suppress(std::vector{unsubscribe("b@x.example")}) == 1);
    CHECK(listed(ledger, {kAnn}) == std::vector<std::string>{kAnn});
    CHECK(listed(ledger, {"b@x.example"}).size() == 2);
    CHECK(listed(ledger, {names().kept("b@x.example")}).size() == 1);
}

TEST_CASE_TEMPLATE("an address lifts its entries under every name, a name only its own", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    suppress(ledger, kAnn, "plain");
    use(ledger, names());
    suppress(ledger, kAnn, "hashed");
    suppress(ledger, name_in_old_token(kAnn), "token");
    suppress(ledger, "b@x.example");
    CHECK(ledger.unsuppress({name_in_old_token(kAnn), ""}, "command line", at(9)) == 1);
    CHECK(listed(ledger, {kAnn}).size() == 2);
    CHECK(ledger.unsuppress({kAnn, ""}, "command line", at(9)) == 2);
    CHECK(listed(ledger).size() == 1);
    CHECK(ledger.suppression_history(kAnn).size() == 6);
}

TEST_CASE_TEMPLATE("who needs keys to look somebody up is told so", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    suppress(ledger, kAnn);
    CHECK_FALSE(ledger.has_names("h:"));
    CHECK_FALSE(ledger.has_names("t:"));
    suppress(ledger, name_in_old_token(kAnn));
    CHECK(ledger.has_names("t:"));
    CHECK_FALSE(ledger.has_names("h:"));
    use(ledger, names());
    suppress(ledger, "b@x.example");
    CHECK(ledger.has_names("h:"));
}

TEST_CASE_TEMPLATE("a send that began without the key does not go past hashed entries", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    ledger.use_names(std::make_shared<AddressNames>(keys()));
    plan_people(ledger, {kAnn, "b@x.example"});
    auto session = ledger.begin_send(kMailing, "test", at(1));
    auto rows = session->claim(1, at(1));
    suppress(ledger, names().kept(kAnn));
    CHECK_THROWS_AS(session->begin_sending(ids_of(rows), at(2)), LedgerError);
    CHECK_THROWS_AS(session->claim(1, at(2)), LedgerError);
    std::vector<PlanRow> planned{person(kAnn)};
    CHECK_THROWS_AS(ledger.skip_suppressed(planned, "", at(2)), LedgerError);
    CHECK_THROWS_AS(ledger.is_suppressed(kAnn, ""), LedgerError);
    CHECK(checked_counts(ledger).of(State::kPlanned) == 2);
}

TEST_CASE_TEMPLATE("feedback of somebody whose row is gone needs keys, too", Form, FORMS) {
    Form form;
    FeedbackNote note;
    note.feedback.id = "one";
    note.feedback.address = name_in_old_token(kAnn);
    form.ledger->note_feedback(std::vector{note});
    CHECK(form.ledger->has_names("t:"));
    CHECK_FALSE(form.ledger->has_names("h:"));
}

TEST_CASE_TEMPLATE("entries that only a forgotten secret can tell are counted", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(ledger.untold_entries() == 0);
    use(ledger, names());
    suppress(ledger, kAnn);
    suppress(ledger, names().name(1, kAnn), "news");
    suppress(ledger, name_in_old_token(kAnn), "alerts");
    suppress(ledger, name_in_old_token("b@x.example"));
    CHECK(ledger.untold_entries() == 0);
    KeyRing today(std::vector<std::string>{"a secret of today"});
    use(ledger, AddressNames(today, SuppressionKey("never changes"), true));
    CHECK(ledger.untold_entries() == 2);
    CHECK_FALSE(ledger.is_suppressed("b@x.example", ""));
    use(ledger, AddressNames());
    CHECK(ledger.untold_entries() == 3);
}
