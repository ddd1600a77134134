// Pauses, and which entry gives way to which, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "a@x.example";

Suppression pause(int from, int until, const std::string& scope = kEverything) {
    return {kAnn, scope, "pause", "unsubscribe page", at(from), "alert", at(until)};
}

Suppression entry(const std::string& reason, const std::string& source, int time = 5) {
    return {kAnn, kEverything, reason, source, at(time), "alert"};
}

bool add(Ledger& ledger, const Suppression& one) {
    return ledger.suppress(std::vector{one}) == 1;
}

Suppression only(Ledger& ledger) {
    std::vector<Suppression> all;
    ledger.for_each_suppression({}, [&](const Suppression& one) { all.push_back(one); });
    REQUIRE(all.size() == 1);
    return all[0];
}

}  // namespace

TEST_CASE_TEMPLATE("a pause blocks until its end, and not at it", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, pause(0, 100)));
    CHECK(ledger.is_suppressed(kAnn, "news", at(0)));
    CHECK(ledger.is_suppressed(kAnn, "news", at(99)));
    CHECK_FALSE(ledger.is_suppressed(kAnn, "news", at(100)));
    std::vector<PlanRow> rows{person(kAnn)};
    ledger.skip_suppressed(rows, "news", at(100));
    CHECK(rows[0].skip == SkipReason::kNone);
    ledger.skip_suppressed(rows, "news", at(99));
    CHECK(rows[0].skip == SkipReason::kSuppressed);
    CHECK(ledger.suppression_history(kAnn)[0].entry.until == at(100));
}

TEST_CASE_TEMPLATE("a pause that is over does not hide an entry of the list", Form, FORMS) {
    Form form;
    CHECK(add(*form.ledger, pause(0, 100)));
    suppress(*form.ledger, kAnn, "news");
    CHECK(form.ledger->is_suppressed(kAnn, "news", at(200)));
    CHECK_FALSE(form.ledger->is_suppressed(kAnn, "", at(200)));
}

TEST_CASE_TEMPLATE("a send under way leaves out who pauses, and mails whose pause is over", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    plan_people(ledger, {kAnn, "b@x.example", "c@x.example"});
    CHECK(add(ledger, pause(0, 100)));
    Suppression over = pause(0, 8);
    over.address = "b@x.example";
    CHECK(add(ledger, over));
    auto session = ledger.begin_send(kMailing, "test", at(10));
    auto rows = session->claim(5, at(10));
    CHECK(keys_of(rows) == std::vector<std::string>{"b@x.example", "c@x.example"});
    Suppression late = pause(11, 500);
    late.address = "c@x.example";
    CHECK(add(ledger, late));
    CHECK(session->begin_sending(ids_of(rows), at(12)).size() == 1);
    CHECK(ledger.explain(kMailing, kAnn)->detail ==
          "pause, unsubscribe page, until " + iso8601(at(100)));
    CHECK(checked_counts(ledger).of(SkipReason::kSuppressed) == 2);
}

TEST_CASE_TEMPLATE("a longer pause replaces a shorter one, never the reverse", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, pause(0, 30)));
    CHECK(add(ledger, pause(1, 90)));
    CHECK_FALSE(add(ledger, pause(2, 40)));
    CHECK(only(ledger).until == at(90));
    CHECK(ledger.suppression_history(kAnn).size() == 2);
}

TEST_CASE_TEMPLATE("a pause gives way to what has no end, and never weakens it", Form, FORMS) {
    for (const char* reason : {"unsubscribe", "complaint", "bounce", "manual", "import"}) {
        Form form;
        CHECK(add(*form.ledger, pause(0, 30)));
        CHECK(add(*form.ledger, entry(reason, "command line")));
        CHECK_FALSE(add(*form.ledger, pause(6, 90)));
        CHECK(only(*form.ledger).reason == reason);
        CHECK_FALSE(only(*form.ledger).until);
    }
}

TEST_CASE_TEMPLATE("what a reply says does not end a pause: replies may be taken back", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, pause(0, 30)));
    CHECK_FALSE(add(ledger, entry("bounce", kFromReply, 29)));
    CHECK(only(ledger).reason == "pause");
    CHECK(add(ledger, entry("bounce", kFromReply, 30)));
    CHECK_FALSE(add(ledger, pause(31, 90)));
    CHECK(only(ledger).reason == "bounce");
}

TEST_CASE_TEMPLATE("a complaint stands when the person takes an unsubscribe back", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "one-click")));
    CHECK_FALSE(add(ledger, entry("bounce", kFromReply)));
    CHECK(add(ledger, entry("complaint", "inbound Maildir")));
    CHECK_FALSE(add(ledger, entry("unsubscribe", "one-click")));
    CHECK(ledger.unsuppress({kAnn, "", "unsubscribe"}, "unsubscribe page", at(9)) == 0);
    CHECK(ledger.is_suppressed(kAnn, ""));
}

TEST_CASE_TEMPLATE("lifting by reason lifts nothing else", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, pause(0, 30)));
    CHECK(add(ledger, {kAnn, "news", "unsubscribe", "one-click", at(1), ""}));
    CHECK(add(ledger, {kAnn, "alerts", "bounce", "inbound x", at(1), ""}));
    CHECK(ledger.unsuppress({kAnn, "", "pause"}, "unsubscribe page", at(9)) == 1);
    CHECK(ledger.unsuppress({kAnn, "", "unsubscribe"}, "unsubscribe page", at(9)) == 1);
    CHECK(only(ledger).scope == "alerts");
    CHECK(ledger.suppression_history(kAnn).size() == 5);
}

TEST_CASE_TEMPLATE("a lift that names nobody is refused, and lifts nothing", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "one-click")));
    CHECK_THROWS_AS(ledger.unsuppress({}, "command line", at(9)), std::invalid_argument);
    CHECK_THROWS_AS(ledger.unsuppress({"", "", "unsubscribe"}, "unsubscribe page", at(9)),
                    std::invalid_argument);
    CHECK(ledger.is_suppressed(kAnn, ""));
    CHECK(ledger.suppression_history(kAnn).size() == 1);
}

TEST_CASE_TEMPLATE("a person's own choice takes the time of its repetition, told after minutes",
                   Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "one-click", 5)));
    CHECK_FALSE(add(ledger, entry("unsubscribe", "unsubscribe mail", 9)));
    CHECK_FALSE(add(ledger, entry("unsubscribe", "one-click", 7)));
    CHECK(only(ledger).time == at(9));
    CHECK(only(ledger).source == "one-click");
    CHECK(ledger.suppression_history(kAnn).size() == 1);
    CHECK_FALSE(add(ledger, pause(309, 900)));
    CHECK(only(ledger).time == at(309));
    CHECK_FALSE(only(ledger).until);
    auto history = ledger.suppression_history(kAnn);
    REQUIRE(history.size() == 2);
    CHECK(history[1].entry.time == at(309));
}

TEST_CASE_TEMPLATE("what others add stands when a person takes the same choice back", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "one-click", 5)));
    CHECK(add(ledger, entry("legal", "command line", 9)));
    CHECK_FALSE(add(ledger, entry("unsubscribe", "one-click", 12)));
    FeedbackNote undo;
    undo.feedback.id = "undo";
    undo.lift = {entry("unsubscribe", "one-click", 5), entry("unsubscribe", "one-click", 12)};
    CHECK(ledger.note_feedback(std::vector{undo}) == 1);
    CHECK(only(ledger).reason == "legal");
}

TEST_CASE_TEMPLATE("what others entered keeps its time", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "file old.csv", 5)));
    CHECK_FALSE(add(ledger, entry("unsubscribe", "one-click", 9)));
    CHECK(only(ledger).time == at(5));
    CHECK(only(ledger).source == "file old.csv");
}

TEST_CASE_TEMPLATE("a report lifts entries that still stand as it names them, and no others", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK(add(ledger, entry("unsubscribe", "one-click", 5)));
    FeedbackNote undo;
    undo.feedback.id = "undo";
    undo.feedback.source = "unsubscribe page";
    undo.feedback.time = at(8);
    undo.lift = {entry("unsubscribe", "one-click", 4), entry("unsubscribe", "unsubscribe page", 5),
                 entry("pause", "one-click", 5)};
    undo.lift.push_back(entry("unsubscribe", "one-click", 5));
    undo.lift.back().scope = "news";
    CHECK(ledger.note_feedback(std::vector{undo}) == 1);
    CHECK(only(ledger).scope == kEverything);
    undo.lift = {only(ledger)};
    CHECK(ledger.note_feedback(std::vector{undo}) == 0);
    CHECK_FALSE(ledger.is_suppressed(kAnn, "news"));
    auto history = ledger.suppression_history(kAnn);
    REQUIRE(history.size() == 2);
    CHECK(history[1].change == SuppressionChange::kLifted);
    CHECK(history[1].entry.source == "unsubscribe page");
    CHECK(history[1].entry.time == at(8));
}
