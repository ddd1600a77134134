#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string event(const std::string& inner, const std::string& outer = "message_event") {
    return read(ProviderKind::kSparkpost,
                R"([{"msys":{")" + outer + R"(":{"rcpt_to":"a@x.example",)" + inner + "}}}]");
}

std::string bounce(const std::string& code, const std::string& reason = "") {
    return event(R"("type":"bounce","bounce_class":")" + code + R"(","raw_reason":")" + reason +
                 R"(","rcpt_meta":{"tocsin":"r"})");
}

}  // namespace

TEST_CASE("SparkPost's classes of bounces") {
    for (const char* code : {"10", "30"}) CHECK(bounce(code) == "bounce hard a@x.example r");
    for (const char* code : {"1", "20", "21", "22", "23", "24", "40", "70", "100"})
        CHECK(bounce(code) == "bounce soft a@x.example r");
    for (const char* code : {"25", "26", "50", "51", "52", "53", "54", "80"})
        CHECK(bounce(code) == "bounce policy a@x.example r");
    CHECK(bounce("60") == "other");
    CHECK(bounce("90") == "unsubscribe a@x.example r");
    CHECK(bounce("1", "550 5.1.1 no such user") == "bounce hard 5.1.1 a@x.example r");
    CHECK(event(R"("type":"out_of_band","bounce_class":10)") == "bounce hard a@x.example");
}

TEST_CASE("SparkPost's other events, and its ping") {
    CHECK(event(R"("type":"delivery")") == "delivery a@x.example");
    CHECK(event(R"("type":"delay","raw_reason":"451 4.7.1 later")") ==
          "delay soft 4.7.1 a@x.example");
    CHECK(event(R"("type":"policy_rejection","raw_reason":"no")") == "bounce policy a@x.example");
    CHECK(event(R"("type":"generation_failure")", "gen_event") == "bounce policy a@x.example");
    CHECK(event(R"("type":"spam_complaint","fbtype":"abuse")") == "complaint a@x.example");
    CHECK(event(R"("type":"spam_complaint","fbtype":"not-spam")") == "other");
    CHECK(event(R"("type":"list_unsubscribe")", "unsubscribe_event") == "unsubscribe a@x.example");
    CHECK(event(R"("type":"link_unsubscribe")", "unsubscribe_event") == "unsubscribe a@x.example");
    CHECK(event(R"("type":"open")", "track_event") == "other");
    CHECK(event(R"("type":"levitation")") == "unknown");
    CHECK(read(ProviderKind::kSparkpost, R"([{"msys":{}}])") == "other");
    CHECK(read(ProviderKind::kSparkpost, R"([{"msys":{}},{"msys":[]},{},1])") ==
          "other; unknown; unknown; unknown");
    CHECK(id_of(ProviderKind::kSparkpost,
                R"([{"msys":{"m":{"type":"delivery","event_id":"e1"}}}])") == "e1");
}
