// What comes back after a mail was accepted, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "a@x.example";

FeedbackNote note(const std::string& id, FeedbackKind kind, const std::string& address = kAnn) {
    FeedbackNote note;
    note.feedback.id = id;
    note.feedback.address = address;
    note.feedback.campaign = "alert";
    note.feedback.kind = kind;
    note.feedback.source = "file b.eml";
    note.feedback.time = at(50);
    return note;
}

std::size_t add(Ledger& ledger, const FeedbackNote& one) {
    return ledger.note_feedback(std::vector{one});
}

std::vector<Feedback> all(Ledger& ledger, const FeedbackFilter& filter = {}) {
    std::vector<Feedback> found;
    ledger.for_each_feedback(filter, [&](const Feedback& one) { found.push_back(one); });
    return found;
}

RowId accept(Ledger& ledger, const MailingKey& mailing) {
    write_plan(ledger, header(mailing, "news"), {person(kAnn)});
    auto session = ledger.begin_send(mailing, "test", at(1));
    auto rows = session->claim(1, at(1));
    session->begin_sending(ids_of(rows), at(2));
    record(*session, rows[0].id, State::kAccepted);
    return rows[0].id;
}

FeedbackNote soft(RowId row, const std::string& id) {
    FeedbackNote soft = note(id, FeedbackKind::kBounce, "");
    soft.feedback.campaign.clear();
    soft.feedback.row = row;
    soft.feedback.bounce = BounceClass::kSoft;
    soft.soft_bounce = true;
    return soft;
}

}  // namespace

TEST_CASE_TEMPLATE("a report is kept as it came, and told where it belongs", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    FeedbackNote bounce = note("one", FeedbackKind::kBounce, "");
    bounce.feedback.campaign.clear();
    bounce.feedback.row = accept(ledger, kMailing);
    bounce.feedback.bounce = BounceClass::kHard;
    bounce.feedback.status = "5.1.1";
    bounce.feedback.text = "no such user";
    CHECK(add(ledger, bounce) == 1);
    auto found = ledger.explain(kMailing, kAnn)->feedback;
    REQUIRE(found.size() == 1);
    CHECK(found[0].address == kAnn);
    CHECK(found[0].campaign == "alert");
    CHECK(found[0].row == bounce.feedback.row);
    CHECK(found[0].kind == FeedbackKind::kBounce);
    CHECK(found[0].bounce == BounceClass::kHard);
    CHECK(found[0].status == "5.1.1");
    CHECK(found[0].text == "no such user");
    CHECK(found[0].source == "file b.eml");
    CHECK(found[0].time == at(50));
    CHECK(checked_counts(ledger).of(State::kAccepted) == 1);
}

TEST_CASE_TEMPLATE("a report that is read again changes nothing", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    FeedbackNote complaint = note("one", FeedbackKind::kComplaint);
    complaint.suppress = Suppression{kAnn, kEverything, "complaint", "inbound", at(50), "alert"};
    CHECK(ledger.note_feedback(std::vector{complaint, complaint}) == 1);
    CHECK(ledger.is_suppressed(kAnn, "news"));
    ledger.unsuppress({kAnn, ""}, "command line", at(60));
    CHECK(add(ledger, complaint) == 0);
    CHECK_FALSE(ledger.is_suppressed(kAnn, "news"));
    CHECK(all(ledger).size() == 1);
    CHECK(ledger.suppression_history(kAnn).size() == 2);
}

TEST_CASE_TEMPLATE("feedback is found by campaign and by any name of the address", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    AddressNames names(KeyRing(std::vector<std::string>{"a secret of today"}));
    ledger.use_names(std::make_shared<AddressNames>(names));
    add(ledger, note("1", FeedbackKind::kBounce));
    add(ledger, note("2", FeedbackKind::kUnsubscribe, names.name(0, kAnn)));
    add(ledger, note("3", FeedbackKind::kBounce, "b@x.example"));
    FeedbackNote other = note("4", FeedbackKind::kDelay);
    other.feedback.campaign = "other";
    add(ledger, other);
    auto ids = [&](const FeedbackFilter& filter) {
        std::string found;
        for (const Feedback& one : all(ledger, filter)) found += one.id;
        return found;
    };
    CHECK(ids({}) == "1234");
    CHECK(ids({"alert"}) == "123");
    CHECK(ids({"", kAnn}) == "124");
    CHECK(ids({"alert", kAnn}) == "12");
    CHECK(ids({"alert", "c@x.example"}).empty());
}

TEST_CASE_TEMPLATE("the third mailing that comes back softly suppresses, accepted or not", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    std::vector<RowId> rows;
    for (const char* campaign : {"one", "two", "three"}) {
        CHECK_FALSE(ledger.is_suppressed(kAnn, ""));
        rows.push_back(accept(ledger, {campaign, ""}));
        CHECK(add(ledger, soft(rows.back(), campaign)) == 1);
        CHECK(add(ledger, soft(rows.back(), campaign)) == 0);
        // Another report about the same mailing.
        CHECK(add(ledger, soft(rows.back(), std::string(campaign) + " again")) == 1);
    }
    CHECK(ledger.is_suppressed(kAnn, ""));
    ledger.for_each_suppression({}, [](const Suppression& entry) {
        CHECK(entry.reason == "bounce");
        CHECK(entry.source == "file b.eml");
        CHECK(entry.campaign == "three");
    });
}

TEST_CASE_TEMPLATE("a mail that is accepted and stays accepted begins the count anew", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    add(ledger, soft(accept(ledger, {"one", ""}), "one"));
    add(ledger, soft(accept(ledger, {"two", ""}), "two"));
    accept(ledger, {"three", ""});
    add(ledger, soft(accept(ledger, {"four", ""}), "four"));
    CHECK_FALSE(ledger.is_suppressed(kAnn, ""));
    add(ledger, soft(accept(ledger, {"five", ""}), "five"));
    CHECK_FALSE(ledger.is_suppressed(kAnn, ""));
    add(ledger, soft(accept(ledger, {"six", ""}), "six"));
    CHECK(ledger.is_suppressed(kAnn, ""));
}

TEST_CASE_TEMPLATE("people are counted, not reports, and each in the mailing of their row", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    RowId row = accept(ledger, kMailing);
    RowId other = accept(ledger, {"other", ""});
    for (auto [id, kind] : {std::pair("1", FeedbackKind::kBounce),
                            {"2", FeedbackKind::kBounce},
                            {"8", FeedbackKind::kDelivery},
                            {"9", FeedbackKind::kDelivery}}) {
        FeedbackNote of_row = note(id, kind);
        of_row.feedback.row = row;
        add(ledger, of_row);
    }
    add(ledger, note("3", FeedbackKind::kBounce, "b@x.example"));
    add(ledger, note("4", FeedbackKind::kComplaint));
    add(ledger, note("5", FeedbackKind::kUnsubscribe));
    add(ledger, note("6", FeedbackKind::kDelay));
    FeedbackNote elsewhere = note("7", FeedbackKind::kDelay, "c@x.example");
    elsewhere.feedback.row = other;
    add(ledger, elsewhere);
    CHECK(ledger.feedback_counts(kMailing) == FeedbackCounts{1, 1, 1, 1, 1});
    CHECK(ledger.feedback_counts({"other", ""}) == FeedbackCounts{0, 1, 0, 0});
    CHECK(ledger.feedback_counts({"unknown", ""}) == FeedbackCounts{});
}

TEST_CASE_TEMPLATE("the numbers of a token lead to the row, the list and the campaign", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    RowId id = accept(ledger, kMailing);
    auto row = ledger.row_name(id);
    REQUIRE(row);
    CHECK(row->mailing == kMailing);
    CHECK(row->address == kAnn);
    CHECK(row->list == "news");
    CHECK(row->columns == Columns{"first_name", "country"});
    CHECK(row->cells == std::vector<std::string>{"Name of " + kAnn, "GB"});
    auto plan = ledger.plan(kMailing);
    CHECK(ledger.list_name(std::uint64_t(plan->list_number)) == "news");
    CHECK(ledger.campaign_name(std::uint64_t(plan->campaign_number)) == "alert");
    for (RowId unknown : {RowId{0}, id + 1, id << 20, RowId{-1}}) CHECK(!ledger.row_name(unknown));
    CHECK(!ledger.list_name(0));
    CHECK(!ledger.list_name(std::uint64_t(plan->list_number + 1)));
    CHECK(!ledger.campaign_name(0));
}

TEST_CASE_TEMPLATE("a row of a plan that is being written leads nowhere", Form, FORMS) {
    Form form;
    RowId id = accept(*form.ledger, kMailing);
    auto writer = form.ledger->write_plan(header(), PlanKind::kTopUp);
    for (int i = 0; i < 1'200; ++i) writer->add(person(std::to_string(i) + "@x.example"));
    CHECK(form.ledger->row_name(id));
    CHECK(!form.ledger->row_name(id + 1));
    writer->commit(0);
    CHECK(form.ledger->row_name(id + 1)->address == "0@x.example");
}

TEST_CASE_TEMPLATE("a soft bounce that came back stands when its run's replies are forgotten", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    for (const char* campaign : {"one", "two"}) {
        RowId row = accept(ledger, {campaign, ""});
        add(ledger, soft(row, campaign));
    }
    ledger.begin_send({"two", ""}, "test", at(60))->settle_suppressions(false, at(60));
    add(ledger, soft(accept(ledger, {"three", ""}), "three"));
    CHECK(ledger.is_suppressed(kAnn, ""));
}

TEST_CASE_TEMPLATE("feedback counts for the row it names, else for that of its address", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    RowId row = accept(ledger, kMailing);
    accept(ledger, {"alert", "2026-12"});
    // Forwarded: the report names another address than was mailed.
    FeedbackNote forwarded = note("1", FeedbackKind::kBounce, "elsewhere@y.example");
    forwarded.feedback.row = row;
    add(ledger, forwarded);
    add(ledger, note("2", FeedbackKind::kBounce));
    add(ledger, note("3", FeedbackKind::kComplaint, "stranger@y.example"));
    add(ledger, note("4", FeedbackKind::kUnsubscribe, "t:0123456789abcdef:0123456789abcdef"));
    add(ledger, note("5", FeedbackKind::kDelay));
    CHECK(ledger.feedback_counts(kMailing) == FeedbackCounts{1, 1, 0, 0});
    CHECK(ledger.feedback_counts({"alert", "2026-12"}) == FeedbackCounts{});
}
