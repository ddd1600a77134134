#include "webhook/notes.h"

#include "mail/return_path.h"
#include "unit/inbound/planned_people.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "ann@one.example", kBob = "bob@two.example";
constexpr WallTime kTime{std::chrono::seconds(1'800'000'000)};

struct Webhook {
    std::unique_ptr<Ledger> ledger = planned_ledger();
    std::string reference = encode_reference(keys(), row_of(*ledger, {"first", ""}, kAnn), kAnn);

    WebhookNotes notes(std::vector<WebhookEvent> events,
                       ProviderKind provider = ProviderKind::kPostmark) {
        return notes_of({{provider, std::move(events)}}, *ledger, keys(), kTime);
    }
    std::size_t note(const std::vector<WebhookEvent>& events) {
        return ledger->note_feedback(notes(events).notes);
    }
    std::vector<std::string> entries() {
        std::vector<std::string> all;
        ledger->for_each_suppression({}, [&](const Suppression& one) {
            all.push_back(one.address + " " + one.scope + " " + one.reason + " " + one.source);
        });
        return all;
    }
    std::vector<std::string> feedback() {
        std::vector<std::string> all;
        ledger->for_each_feedback({}, [&](const Feedback& one) {
            all.push_back(std::string(name(one.kind)) + " " + one.address + " " + one.campaign +
                          " " + (one.row != 0 ? "row " : "") + one.source);
        });
        return all;
    }
};

WebhookEvent event(FeedbackKind kind, const std::string& recipient,
                   const std::string& reference = "", const std::string& id = "e1",
                   BounceClass bounce = BounceClass::kNone) {
    Report report;
    report.kind = kind;
    report.bounce = bounce;
    report.recipient = recipient;
    if (!reference.empty()) report.references = {reference};
    return {id, report};
}

WebhookEvent hard(const std::string& recipient, const std::string& reference = "") {
    return event(FeedbackKind::kBounce, recipient, reference, "e1", BounceClass::kHard);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Webhook, "what the provider kept with the mail says whose it was") {
    CHECK(note({hard("somebody@else.example", reference)}) == 1);
    CHECK(feedback() == Texts{"bounce ann@one.example first row webhook postmark"});
    CHECK(entries() == Texts{"ann@one.example all bounce webhook postmark"});
}

TEST_CASE_FIXTURE(Webhook, "a replay changes nothing, another event counts") {
    CHECK(note({hard(kAnn, reference), hard(kAnn, reference)}) == 1);
    CHECK(note({hard(kAnn, reference)}) == 0);
    WebhookEvent other = hard(kAnn, reference);
    other.id = "e2";
    CHECK(note({other}) == 1);
    CHECK(ledger->note_feedback(notes({hard(kAnn, reference)}, ProviderKind::kSes).notes) == 1);
}

TEST_CASE_FIXTURE(Webhook, "who leaves by a provider's link leaves the list of the mail") {
    CHECK(note({event(FeedbackKind::kUnsubscribe, kAnn, reference)}) == 1);
    CHECK(entries() == Texts{"ann@one.example news unsubscribe webhook postmark"});
}

TEST_CASE_FIXTURE(Webhook, "who takes it back is not unsubscribed again by a replay") {
    const WebhookEvent leaves = event(FeedbackKind::kUnsubscribe, kAnn, reference);
    note({leaves});
    FeedbackNote undo;
    undo.feedback.id = "undo";
    undo.feedback.address = kAnn;
    undo.feedback.time = kTime;
    ledger->for_each_suppression({kAnn}, [&](const Suppression& one) { undo.lift.push_back(one); });
    ledger->note_feedback(std::span(&undo, 1));
    REQUIRE(entries().empty());
    CHECK(note({leaves}) == 0);
    CHECK(entries().empty());
}

TEST_CASE_FIXTURE(Webhook, "without a reference, whoever was to be mailed counts, for every list") {
    CHECK(note({hard(kAnn), event(FeedbackKind::kComplaint, "BOB@two.example"),
                event(FeedbackKind::kUnsubscribe, "stranger@four.example")}) == 2);
    CHECK(entries() == Texts{"ann@one.example all bounce webhook postmark",
                             "bob@two.example all complaint webhook postmark"});
    CHECK(notes({event(FeedbackKind::kUnsubscribe, "stranger@four.example")}).nobodys ==
          std::vector<ProviderKind>{ProviderKind::kPostmark});
    CHECK(note({event(FeedbackKind::kUnsubscribe, kBob)}) == 1);
}

TEST_CASE_FIXTURE(Webhook, "an address alone is not looked for where nothing follows from it") {
    CHECK(note({event(FeedbackKind::kDelivery, kAnn), event(FeedbackKind::kDelay, kAnn),
                event(FeedbackKind::kBounce, kAnn, "", "e", BounceClass::kSoft),
                event(FeedbackKind::kBounce, kAnn, "", "e", BounceClass::kPolicy)}) == 0);
}

TEST_CASE_FIXTURE(Webhook, "a reference that is forged or another ledger's leads to nobody") {
    const std::string forged = encode_reference(foreign_keys(), 1, kAnn);
    CHECK(note({hard("stranger@four.example", forged)}) == 0);
    std::string altered = reference;
    altered[3] = altered[3] == 'a' ? 'b' : 'a';
    CHECK(note({hard("stranger@four.example", altered)}) == 0);
    CHECK(entries().empty());
}

TEST_CASE_FIXTURE(Webhook, "a delivery is noted once for each mail, however often it is told") {
    CHECK(note({event(FeedbackKind::kDelivery, kAnn, reference, "e1"),
                event(FeedbackKind::kDelivery, kAnn, reference, "e2")}) == 1);
    CHECK(note({event(FeedbackKind::kDelivery, kAnn, reference, "e3")}) == 0);
    const std::string other = encode_reference(keys(), row_of(*ledger, {"second", ""}, kAnn), kAnn);
    CHECK(note({event(FeedbackKind::kDelivery, kAnn, other, "e1")}) == 1);
    CHECK(ledger->feedback_counts({"first", ""}).delivered == 1);
    CHECK(entries().empty());
}

TEST_CASE_FIXTURE(Webhook, "what says nothing is not noted") {
    WebhookEvent opens;
    CHECK(note({opens, event(FeedbackKind::kOther, kAnn, reference)}) == 0);
    CHECK(notes({opens}).nobodys.empty());
}
