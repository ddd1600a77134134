#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr auto kSes = ProviderKind::kSes;

std::string bounce(const std::string& type, const std::string& subtype,
                   const std::string& more = "") {
    return read(kSes, R"({"eventType":"Bounce","bounce":{"bounceType":")" + type +
                          R"(","bounceSubType":")" + subtype +
                          R"(","bouncedRecipients":[{"emailAddress":"ann@one.example")" + more +
                          R"(}]},"mail":{"messageId":"m","tags":{"tocsin":["ref"]}}})");
}

}  // namespace

TEST_CASE("SES: bounces by their type, and by clear words of the receiver") {
    CHECK(bounce("Permanent", "General") == "bounce hard ann@one.example ref");
    CHECK(bounce("Permanent", "General",
                 R"(,"action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 no")") ==
          "bounce hard 5.1.1 ann@one.example ref");
    CHECK(bounce("Permanent", "General",
                 R"(,"status":"5.2.2","diagnosticCode":"smtp; 552 5.2.2 mailbox full")") ==
          "bounce soft 5.2.2 ann@one.example ref");
    CHECK(bounce("Transient", "General") == "bounce soft ann@one.example ref");
    CHECK(bounce("Transient", "MailboxFull") == "bounce soft ann@one.example ref");
    CHECK(bounce("Transient", "ContentRejected") == "bounce policy ann@one.example ref");
    CHECK(bounce("Undetermined", "Undetermined") == "bounce soft ann@one.example ref");
}

TEST_CASE("SES: what Amazon or the account suppresses") {
    CHECK(bounce("Permanent", "Suppressed", R"(,"status":"5.7.1")") ==
          "bounce hard ann@one.example ref");
    CHECK(bounce("Permanent", "OnAccountSuppressionList", R"(,"status":"5.1.1")") ==
          "bounce policy ann@one.example ref");
}

TEST_CASE("SES: the other events") {
    check_rows(
        kSes,
        {{R"({"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@x.example"}],"complaintFeedbackType":"abuse"}})",
          "complaint a@x.example"},
         {R"({"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@x.example"}],"complaintFeedbackType":"not-spam"}})",
          "other"},
         {R"({"eventType":"Delivery","delivery":{"recipients":["a@x.example"]},"mail":{"tags":{"tocsin":["r"]}}})",
          "delivery a@x.example r"},
         {R"({"eventType":"DeliveryDelay","deliveryDelay":{"delayType":"MailboxFull","delayedRecipients":[{"emailAddress":"a@x.example","status":"4.2.2","diagnosticCode":"452 4.2.2 full"}]}})",
          "delay soft 4.2.2 a@x.example"},
         {R"({"eventType":"Reject","reject":{"reason":"Bad content"},"mail":{"destination":["a@x.example"]}})",
          "bounce policy a@x.example"},
         {R"({"eventType":"Rendering Failure","failure":{},"mail":{"destination":["a@x.example"]}})",
          "bounce policy a@x.example"},
         {R"({"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":true}},"mail":{"destination":["a@x.example"]}})",
          "unsubscribe a@x.example"},
         {R"({"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":false,"topicSubscriptionStatus":[{"topicName":"t","subscriptionStatus":"OptOut"}]}},"mail":{"destination":["a@x.example"]}})",
          "unsubscribe a@x.example"},
         {R"({"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":false}},"mail":{"destination":["a@x.example"]}})",
          "other"},
         {R"({"eventType":"Open"})", "other"},
         {R"({"notificationType":"AmazonSnsSubscriptionSucceeded"})", "other"},
         {R"({"eventType":"Teleport"})", "unknown"},
         {R"({"eventType":"Bounce"})", "other"},
         {R"({})", "unknown"},
         {"Successfully validated SNS topic for Amazon SES event publishing.", "other"}});
}

TEST_CASE("SES: a token of ours in the headers that it returns") {
    const std::string token(52, 'a');
    CHECK(read(kSes, R"({"notificationType":"Complaint","complaint":{"complainedRecipients":)"
                     R"([{"emailAddress":"a@x.example"}]},"mail":{"headers":[{"name":"Subject",)"
                     R"("value":")" +
                         std::string(52, 'b') +
                         R"("},{"name":"List-Unsubscribe","value":"<https://u.example/u/)" + token +
                         R"(>"}]}})") == "complaint a@x.example token aaaa");
}

TEST_CASE("SES: each recipient of a message is an event of its own") {
    const char* body =
        R"({"eventType":"Delivery","delivery":{"recipients":["a@x.example","b@x.example"]}})";
    auto events = parse_webhook(kSes, body, "post");
    REQUIRE(events);
    REQUIRE(events->size() == 2);
    CHECK(events->front().id == "post a@x.example");
    CHECK(events->back().id == "post b@x.example");
}
