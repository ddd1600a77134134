#include "webhook/mailgun_signature.h"

#include <doctest/doctest.h>

#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const nlohmann::json kEvent = {{"event", "failed"}, {"recipient", "ann@one.example"}};

std::string refusal(const std::string& body, Milliseconds after = {}) {
    TokenMemory tokens;
    return std::string(prove_mailgun(body, "key-1", tokens, kNow + after).refusal);
}

}  // namespace

TEST_CASE("each byte of what Mailgun signs, altered") {
    const std::string body = mailgun_body(kEvent);
    CHECK(refusal(body) == "");
    auto json = nlohmann::json::parse(body);
    for (const char* name : {"timestamp", "token", "signature"}) {
        const std::string text = json["signature"][name];
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto altered = json;
            std::string other = text;
            other[i] = other[i] == '7' ? '8' : '7';
            altered["signature"][name] = other;
            CAPTURE(other);
            CHECK(refusal(altered.dump()) == "signature");
        }
        auto without = json;
        without["signature"].erase(name);
        CHECK(refusal(without.dump()) == "signature");
    }
    CHECK(refusal(mailgun_body(kEvent, "t1", kNow, "another key")) == "signature");
}

TEST_CASE("Mailgun's retries of eight hours are in time") {
    CHECK(refusal(mailgun_body(kEvent), std::chrono::hours(9)) == "");
    CHECK(refusal(mailgun_body(kEvent), std::chrono::hours(13)) == "time");
    CHECK(refusal(mailgun_body(kEvent), -std::chrono::minutes(6)) == "time");
}

TEST_CASE("a token that was seen is good for the same body only") {
    TokenMemory tokens;
    const std::string body = mailgun_body(kEvent);
    const std::string other = mailgun_body({{"event", "complained"}});
    CHECK(prove_mailgun(body, "key-1", tokens, kNow).good());
    CHECK(prove_mailgun(body, "key-1", tokens, kNow).good());
    WebhookProof proof = prove_mailgun(other, "key-1", tokens, kNow);
    CHECK(proof.status == 406);
    CHECK(proof.refusal == std::string("token"));
    CHECK(prove_mailgun(body, "key-1", tokens, kNow + std::chrono::hours(11)).good());
}

TEST_CASE("what Mailgun would not send") {
    for (const char* body :
         {"", "[]", "{", "\"x\"", "{\"signature\":1}", R"({"signature":[{"token":"t"}]})",
          R"({"signature":{"token":"a"},"signature":{"token":"b"}})"}) {
        CAPTURE(std::string(body));
        CHECK_FALSE(refusal(body).empty());
    }
    TokenMemory tokens;
    CHECK_FALSE(prove_mailgun(mailgun_body(kEvent, "t", kNow, ""), "", tokens, kNow).good());
}
