#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string event(const std::string& type, const std::string& more = "") {
    return read(ProviderKind::kResend, R"({"type":")" + type +
                                           R"(","data":{"email_id":"m","to":["a@x.example"],)" +
                                           R"("tags":{"tocsin":"r","campaign":"c"})" + more + "}}");
}

std::string bounce(const std::string& type, const std::string& subtype) {
    return event("email.bounced", R"(,"bounce":{"type":")" + type + R"(","subType":")" + subtype +
                                      R"(","message":"The mail came back."})");
}

}  // namespace

TEST_CASE("Resend's events") {
    CHECK(event("email.delivered") == "delivery a@x.example r");
    CHECK(bounce("Permanent", "General") == "bounce hard a@x.example r");
    CHECK(bounce("Transient", "MailboxFull") == "bounce soft a@x.example r");
    CHECK(bounce("Undetermined", "Undetermined") == "bounce soft a@x.example r");
    CHECK(bounce("Transient", "ContentRejected") == "bounce policy a@x.example r");
    CHECK(bounce("Permanent", "Suppressed") == "bounce hard a@x.example r");
    CHECK(bounce("Permanent", "OnAccountSuppressionList") == "bounce policy a@x.example r");
    CHECK(event("email.suppressed",
                R"(,"suppressed":{"type":"OnAccountSuppressionList",)"
                R"("message":"on the list"})") == "bounce policy a@x.example r");
    CHECK(event("email.failed", R"(,"failed":{"reason":"reached_daily_quota"})") ==
          "bounce policy a@x.example r");
    CHECK(event("email.complained") == "complaint a@x.example r");
    CHECK(event("email.delivery_delayed") == "delay a@x.example r");
    for (const char* type : {"email.sent", "email.opened", "email.clicked", "contact.updated",
                             "domain.created", "suppression.added"})
        CHECK(event(type) == "other");
    CHECK(event("email.levitated") == "unknown");
}

TEST_CASE("Resend: tags as they were sent, several recipients, and the post's id") {
    check_rows(
        ProviderKind::kResend,
        {{R"({"type":"email.complained","data":{"to":["a@x.example","b@x.example"],"tags":[{"name":"campaign","value":"c"},{"name":"tocsin","value":"r"}]}})",
          "complaint r"},
         {R"({"type":"email.complained"})", "complaint"},
         {"[]", "unknown"}});
    CHECK(id_of(ProviderKind::kResend, R"({"type":"email.complained"})", "msg_1") == "msg_1");
}
