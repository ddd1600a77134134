#include <doctest/doctest.h>

#include "inbound/report.h"

using namespace tocsin;

namespace {

Report notification(const std::string& json) {
    return recognise(
        "From: SES <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n\n" + json +
        "\n\n--\nTo stop these, unsubscribe at https://x.example\n");
}

}  // namespace

TEST_CASE("bounces that SES tells in JSON are bounces") {
    const Report report = notification(
        R"({"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":)"
        "\n "
        R"([{"emailAddress":"ada@quay.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 nobody"}]},)"
        R"("mail":{"source":"bounces+x.y@b.harbour.example","commonHeaders":{"messageId":"<m1@harbour.example>"}}})");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.bounce == BounceClass::kHard);
    CHECK(report.status == "5.1.1");
    CHECK(report.text == "smtp; 550 5.1.1 nobody");
    CHECK(report.recipient == "ada@quay.example");
    CHECK(report.return_paths == std::vector<std::string>{"bounces+x.y@b.harbour.example"});
    CHECK(report.message_ids == std::vector<std::string>{"m1@harbour.example"});
}

TEST_CASE("what SES holds for transient is soft, without a diagnosis") {
    const Report report = notification(
        R"({"eventType": "Bounce", "bounce": {"bounceType": "Transient", "bounceSubType": "General"}})");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.bounce == BounceClass::kSoft);
    CHECK(report.text == "General");
}

TEST_CASE("a notification inside another is read") {
    const Report report =
        notification(R"({"Type": "Notification", "Message": "{\"notificationType\":\"Bounce\",)"
                     R"(\"bounce\":{\"bounceType\":\"Permanent\"}}"})");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.bounce == BounceClass::kHard);
}

TEST_CASE("complaints that SES tells are complaints, and other news is none") {
    CHECK(notification(R"({"notificationType":"Complaint"})").kind == FeedbackKind::kComplaint);
    CHECK(notification(R"({"notificationType":"Complaint","complaintFeedbackType":"not-spam"})")
              .kind == FeedbackKind::kOther);
    CHECK(notification(R"({"notificationType":"Delivery"})").kind == FeedbackKind::kOther);
    CHECK(notification(R"({"notificationType)").kind == FeedbackKind::kOther);
    CHECK(notification("").kind == FeedbackKind::kOther);
}

TEST_CASE("the same words from anybody else are ordinary") {
    CHECK(recognise("From: ada@quay.example\n\n{\"notificationType\":\"Bounce\"}\n").kind ==
          FeedbackKind::kOther);
}
