#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string event(const std::string& type, const std::string& reason = "") {
    return read(ProviderKind::kBrevo, R"({"event":")" + type +
                                          R"(","email":"a@x.example","reason":")" + reason +
                                          R"(","X-Mailin-custom":"{\"tocsin\":\"r\"}"})");
}

}  // namespace

TEST_CASE("Brevo's events") {
    CHECK(event("delivered") == "delivery a@x.example r");
    CHECK(event("hard_bounce") == "bounce hard a@x.example r");
    CHECK(event("hard_bounce", "552 5.2.2 full") == "bounce soft 5.2.2 a@x.example r");
    CHECK(event("soft_bounce") == "bounce soft a@x.example r");
    CHECK(event("deferred", "451 4.7.1 later") == "delay soft 4.7.1 a@x.example r");
    CHECK(event("blocked") == "bounce policy a@x.example r");
    CHECK(event("invalid_email") == "bounce policy a@x.example r");
    CHECK(event("error") == "bounce policy a@x.example r");
    CHECK(event("spam") == "complaint a@x.example r");
    CHECK(event("complaint") == "complaint a@x.example r");
    CHECK(event("unsubscribe") == "unsubscribe a@x.example r");
    CHECK(event("unsubscribed") == "unsubscribe a@x.example r");
    for (const char* type : {"request", "opened", "unique_opened", "click", "proxy_open"})
        CHECK(event(type) == "other");
    CHECK(event("levitated") == "unknown");
}

TEST_CASE("Brevo: batches, headers of other programs, and ids") {
    check_rows(ProviderKind::kBrevo,
               {{R"([{"event":"delivered","email":"a@x.example"},{"event":"click"}])",
                 "delivery a@x.example; other"},
                {R"({"event":"spam","email":"a@x.example","X-Mailin-custom":"a:b|c:d"})",
                 "complaint a@x.example"},
                {R"({"event":"spam","email":"a@x.example","X-Mailin-custom":{"tocsin":"r"}})",
                 "complaint a@x.example r"}});
    CHECK(
        id_of(ProviderKind::kBrevo,
              R"({"event":"spam","email":"a@x.example","message-id":"<m>","ts_event":5,"ts":4})") ==
        "<m> spam 5 a@x.example");
}
