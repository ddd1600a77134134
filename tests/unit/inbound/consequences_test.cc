#include "inbound/consequences.h"

#include "unit/inbound/planned_people.h"
#include "unsubscribe/apply_leaving.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "ann@one.example";
constexpr WallTime kNow{std::chrono::seconds(1'800'000'000)};

Subject ann_in(Ledger& ledger, const std::string& campaign) {
    auto row = static_cast<RowId>(row_of(ledger, {campaign, ""}, kAnn));
    return {.address = kAnn, .row = row, .campaign = campaign, .list = "news", .proof = campaign};
}

FeedbackNote note(const Report& report, const Subject& subject) {
    auto note = note_of({"inbound file 1.eml", "identity"}, report, subject, kNow);
    REQUIRE(note);
    return *note;
}

std::vector<std::string> entries(Ledger& ledger) {
    std::vector<std::string> texts;
    ledger.for_each_suppression({"", ""}, [&](const Suppression& one) {
        texts.push_back(one.address + " " + one.scope + " " + one.reason + " " + one.source + " " +
                        one.campaign);
    });
    return texts;
}

}  // namespace

TEST_CASE("the third soft bounce suppresses in the same words as a hard one") {
    auto ledger = planned_ledger();
    plan(*ledger, {"third", ""}, {kAnn});
    Report soft = bounce();
    soft.bounce = BounceClass::kSoft;
    for (const char* campaign : {"first", "second", "third"}) {
        FeedbackNote one = note(soft, ann_in(*ledger, campaign));
        ledger->note_feedback(std::span(&one, 1));
    }
    CHECK(entries(*ledger) ==
          std::vector<std::string>{"ann@one.example all bounce inbound file 1.eml third"});
    FeedbackNote hard = note(bounce(), ann_in(*planned_ledger(), "first"));
    REQUIRE(hard.suppress);
    CHECK(hard.suppress->source == "inbound file 1.eml");
    CHECK(hard.feedback.source == "inbound file 1.eml");
}

TEST_CASE("an unsubscribe mail does what the page does, whatever proved it") {
    for (const char* list : {"news", ""}) {
        CAPTURE(std::string(list));
        auto by_mail = planned_ledger(), by_page = planned_ledger();
        Report report;
        report.kind = FeedbackKind::kUnsubscribe;
        Subject subject = ann_in(*by_mail, "first");
        subject.list = list;
        FeedbackNote one = note(report, subject);
        CHECK(one.feedback.kind == FeedbackKind::kUnsubscribe);
        CHECK(one.feedback.source == "inbound file 1.eml");
        by_mail->note_feedback(std::span(&one, 1));
        Leaving leaving{.token = {},
                        .decoded = {},
                        .choice = Choice::kList,
                        .source = "unsubscribe mail",
                        .time = kNow,
                        .id = "page"};
        FeedbackNote page = leaving_note(
            leaving,
            {.name = kAnn, .list = list, .campaign = "first", .language = "", .row = subject.row});
        by_page->note_feedback(std::span(&page, 1));
        CHECK(entries(*by_mail) == entries(*by_page));
        CHECK(one.feedback.text == page.feedback.text);
    }
}

TEST_CASE("nothing follows for who is not proved, and from what only is counted") {
    CHECK_FALSE(note_of({"inbound file 1.eml", "identity"}, bounce(), std::nullopt, kNow));
    Report report;
    Subject ann = ann_in(*planned_ledger(), "first");
    for (FeedbackKind kind : {FeedbackKind::kAutoReply, FeedbackKind::kOther}) {
        report.kind = kind;
        CHECK_FALSE(note_of({"inbound file 1.eml", "identity"}, report, ann, kNow));
    }
    report.kind = FeedbackKind::kDelay;
    CHECK_FALSE(note(report, ann).suppress);
}
