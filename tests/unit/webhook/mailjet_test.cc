#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string event(const std::string& type, const std::string& more = "") {
    return read(ProviderKind::kMailjet,
                R"({"event":")" + type + R"(","email":"a@x.example","CustomID":"r")" + more + "}");
}

std::string blocked(const std::string& about, const std::string& error) {
    return event("blocked", R"(,"error_related_to":")" + about + R"(","error":")" + error + R"(")");
}

}  // namespace

TEST_CASE("Mailjet's events") {
    CHECK(event("sent") == "delivery a@x.example r");
    CHECK(event("bounce", R"(,"hard_bounce":true,"error_related_to":"recipient","error":"x")") ==
          "bounce hard a@x.example r");
    CHECK(event("bounce", R"(,"hard_bounce":true,"error_related_to":"domain","error":"x")") ==
          "bounce hard a@x.example r");
    CHECK(event("bounce", R"(,"hard_bounce":true,"error_related_to":"spam","error":"x")") ==
          "bounce policy a@x.example r");
    CHECK(event("bounce", R"(,"hard_bounce":false,"error":"x")") == "bounce soft a@x.example r");
    CHECK(event("bounce", R"(,"hard_bounce":"true")") == "bounce soft a@x.example r");
    CHECK(event("spam", R"(,"source":"JMRPP")") == "complaint a@x.example r");
    CHECK(event("unsub") == "unsubscribe a@x.example r");
    CHECK(event("open") == "other");
    CHECK(event("click") == "other");
    CHECK(event("levitated") == "unknown");
}

TEST_CASE("Mailjet: what it does not send, by what it knows of the address") {
    CHECK(blocked("recipient", "user unknown") == "bounce hard a@x.example r");
    CHECK(blocked("recipient", "mailbox inactive") == "bounce hard a@x.example r");
    CHECK(blocked("recipient", "spam reporter") == "complaint a@x.example r");
    CHECK(blocked("recipient", "blacklisted") == "bounce policy a@x.example r");
    CHECK(blocked("mailjet", "preblocked") == "bounce policy a@x.example r");
    CHECK(blocked("domain", "invalid domain") == "bounce policy a@x.example r");
}

TEST_CASE("Mailjet: one event or an array of them, the payload, and ids of 64 bits") {
    check_rows(
        ProviderKind::kMailjet,
        {{R"([{"event":"sent","email":"a@x.example"},{"event":"open"}])",
          "delivery a@x.example; other"},
         {R"({"event":"unsub","email":"a@x.example","CustomID":"r","Payload":"{\"tocsin\":\"p\"}"})",
          "unsubscribe a@x.example p"},
         {R"({"event":"unsub","email":"a@x.example","CustomID":"r","Payload":"no json"})",
          "unsubscribe a@x.example r"},
         {"[]", ""},
         {"{}", "unknown"}});
    CHECK(id_of(ProviderKind::kMailjet, R"({"event":"spam","MessageID":19421777835146490})") ==
          "19421777835146490 spam");
}
