#include "webhook/parse.h"

#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("what is no JSON, or nested without end, harms nobody") {
    for (int i = 0; i < 8; ++i) {
        const auto provider = static_cast<ProviderKind>(i);
        CAPTURE(i);
        const std::string for_words = provider == ProviderKind::kSes ? "other" : "malformed";
        for (const std::string& body :
             {std::string(), std::string("{"), std::string("[1,"), std::string(100'000, '['),
              std::string("\xff\xfe"), std::string(1, '\0')}) {
            CHECK(read(provider, body) == for_words);
        }
        for (const char* body : {"1", "null", "true", "\"x\""})
            CHECK(read(provider, body) == "malformed");
        CHECK_NOTHROW(read(provider, std::string(1'000, '[') + std::string(1'000, ']')));
        for (const char* body : {"{}", "[[]]", "[{}]", "{\"event\":{}}", "[null]"})
            CHECK_NOTHROW(read(provider, body));
    }
}

TEST_CASE("a large batch of events") {
    std::string body = "[";
    for (int i = 0; i < 10'000; ++i) body += R"({"event":"delivered","email":"a@x.example"},)";
    body.back() = ']';
    auto events = parse_webhook(ProviderKind::kSendgrid, body, "");
    REQUIRE(events);
    CHECK(events->size() == 10'000);
}
