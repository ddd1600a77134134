#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr auto kPostmark = ProviderKind::kPostmark;

std::string bounce(const std::string& type, const std::string& details = "") {
    return read(kPostmark, R"({"RecordType":"Bounce","Type":")" + type +
                               R"(","Email":"a@x.example","Details":")" + details +
                               R"(","Metadata":{"tocsin":"r"}})");
}

}  // namespace

TEST_CASE("Postmark's types of bounces") {
    CHECK(bounce("HardBounce") == "bounce hard a@x.example r");
    CHECK(bounce("HardBounce", "smtp;550 5.1.1 no such user") == "bounce hard 5.1.1 a@x.example r");
    CHECK(bounce("BadEmailAddress") == "bounce hard a@x.example r");
    CHECK(bounce("SoftBounce") == "bounce soft a@x.example r");
    CHECK(bounce("DnsError") == "bounce soft a@x.example r");
    CHECK(bounce("Unknown") == "bounce soft a@x.example r");
    CHECK(bounce("Transient") == "delay a@x.example r");
    CHECK(bounce("SpamNotification") == "bounce policy a@x.example r");
    CHECK(bounce("Blocked") == "bounce policy a@x.example r");
    CHECK(bounce("ManuallyDeactivated") == "bounce policy a@x.example r");
    CHECK(bounce("DMARCPolicy") == "bounce policy a@x.example r");
    CHECK(bounce("SpamComplaint") == "complaint a@x.example r");
    CHECK(bounce("Unsubscribe") == "unsubscribe a@x.example r");
    CHECK(bounce("AutoResponder") == "other");
    CHECK(bounce("ChallengeVerification") == "other");
    CHECK(bounce("Levitation") == "unknown");
}

TEST_CASE("Postmark's other records") {
    check_rows(
        kPostmark,
        {{R"({"RecordType":"Delivery","Recipient":"a@x.example","Metadata":{"tocsin":"r"}})",
          "delivery a@x.example r"},
         {R"({"RecordType":"SpamComplaint","Email":"a@x.example"})", "complaint a@x.example"},
         {R"({"RecordType":"SubscriptionChange","Recipient":"a@x.example","SuppressSending":true,"Origin":"Recipient","SuppressionReason":"ManualSuppression"})",
          "unsubscribe a@x.example"},
         {R"({"RecordType":"SubscriptionChange","Recipient":"a@x.example","SuppressSending":true,"Origin":"Customer","SuppressionReason":"ManualSuppression"})",
          "other"},
         {R"({"RecordType":"SubscriptionChange","Recipient":"a@x.example","SuppressSending":true,"Origin":"Recipient","SuppressionReason":"HardBounce"})",
          "bounce hard a@x.example"},
         {R"({"RecordType":"SubscriptionChange","Recipient":"a@x.example","SuppressSending":true,"Origin":"Recipient","SuppressionReason":"SpamComplaint"})",
          "complaint a@x.example"},
         {R"({"RecordType":"SubscriptionChange","Recipient":"a@x.example","SuppressSending":false,"Origin":"Recipient"})",
          "other"},
         {R"({"RecordType":"Open"})", "other"},
         {R"({"RecordType":"Click"})", "other"},
         {R"({"RecordType":"Levitation"})", "unknown"},
         {"{}", "unknown"}});
}

TEST_CASE("Postmark: a bounce's number is its own, a change has its time") {
    CHECK(id_of(kPostmark, R"({"RecordType":"Bounce","Type":"HardBounce","ID":42})") ==
          "Bounce 42");
    CHECK(id_of(kPostmark, R"({"RecordType":"SpamComplaint","ID":42})") == "SpamComplaint 42");
    CHECK(id_of(kPostmark,
                R"({"RecordType":"SubscriptionChange","MessageID":"m","ChangedAt":"t",)"
                R"("SuppressSending":true,"Origin":"Recipient"})") == "SubscriptionChange m t");
}
