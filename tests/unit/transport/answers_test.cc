#include "transport/provider/answers.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "unit/transport/provider_support.h"

using namespace tocsin;
using provider_test::kApiKey;
using provider_test::kSecretKey;
using provider_test::response;

namespace {

Answers answers(ProviderKind kind = ProviderKind::kMailgun) {
    return Answers(provider_test::setup(kind));
}

}  // namespace

TEST_CASE("what a status means where nothing else is known") {
    for (int status : {0, 100, 200, 202, 299, 500, 502, 504, 599}) {
        CHECK(verdict_of(status) == ProviderVerdict::kUnclear);
    }
    for (int status : {301, 307, 400, 401, 402, 403, 404, 405, 413, 422, 451}) {
        CHECK(verdict_of(status) == ProviderVerdict::kAccount);
    }
    for (int status : {408, 425, 503}) CHECK(verdict_of(status) == ProviderVerdict::kLater);
    CHECK(verdict_of(429) == ProviderVerdict::kThrottled);
}

TEST_CASE("an answer is printable, bounded and a reply by its number") {
    ProviderAnswer made = answers().of(ProviderVerdict::kRefused, 400, "bad\x1b", "a\r\nb\xff");
    CHECK(made.reply.code == 400);
    CHECK(made.reply.text == "bad? a??b?");
    CHECK(answers()
              .of(ProviderVerdict::kRefused, 400, "", std::string(5000, 'a'))
              .reply.text.size() == 1000);
    CHECK(answers().of(ProviderVerdict::kUnclear, 700, "", "").reply.code == 500);
    CHECK(answers().accepted(200, "0100").reply.line() == "200 id 0100");
    CHECK(answers().of(response(500, std::string(5000, 'a'))).reply.text.size() == 300);
}

TEST_CASE("a provider that repeats our secrets does not get them into our texts") {
    ProviderSetup setup = provider_test::setup(ProviderKind::kMailgun);
    setup.keys.session_token = "session-of-the-test";
    Answers made(setup);
    const std::string said = "no: " + std::string(kApiKey) + " " + kSecretKey +
                             " session-of-the-test YXBpOmtleS1vZi10aGUtdGVzdC0wMTIzNDU2Nzg5 " +
                             kApiKey;
    CHECK(made.of(response(401, said)).reply.text == "no: *** *** *** *** ***");
    CHECK(made.trouble(response(401, said)).what() ==
          std::string("Mailgun refuses the key: 401 no: *** *** *** *** ***"));
    CHECK(made.trouble(said, "").what() == std::string("Mailgun no: *** *** *** *** ***"));
}

TEST_CASE("no half of a secret is left where a long text is cut") {
    Answers made(provider_test::setup(ProviderKind::kMailgun));
    for (std::size_t before = 280; before <= 300; ++before) {
        const std::string said = std::string(before, 'x') + kApiKey;
        std::string text = made.of(response(500, said)).reply.text;
        CHECK(text.find(std::string(kApiKey).substr(0, 4)) == std::string::npos);
        CHECK(text.size() <= 300);
    }
}

TEST_CASE("trouble names the key of tocsin.yaml to look at") {
    using Kind = ProviderKind;
    CHECK(answers().trouble(response(403, "no")).hint().find("`api_key`") != std::string::npos);
    CHECK(answers(Kind::kSes).trouble(response(403, "")).hint().find("`access_key`") !=
          std::string::npos);
    CHECK(answers(Kind::kMailjet).trouble(response(401, "")).hint().find("`secret_key`") !=
          std::string::npos);
    CHECK(answers().trouble(response(404, "")).hint().find("`endpoint`") != std::string::npos);
    CHECK(answers().trouble(response(302, "")).hint().find("`endpoint`") != std::string::npos);
    CHECK(answers().trouble(response(429, "")).hint() == "try again in a few minutes");
    CHECK(answers().trouble(response(500, "")).what() == std::string("Mailgun answers 500"));
}

TEST_CASE("asking takes the JSON of a success and nothing else") {
    auto ask = [](const HttpResponse& told) {
        provider_test::Script script({told});
        return answers().ask(script.exchange(), {});
    };
    CHECK(ask(response(200, "{\"a\":1}")) == nlohmann::json({{"a", 1}}));
    CHECK_THROWS_AS(ask(response(200, "<html>")), Unavailable);
    CHECK_THROWS_AS(ask(response(401, "{}")), Unavailable);
    CHECK_THROWS_AS(ask(response(302, "{}")), Unavailable);
}

TEST_CASE("faults of messages are words for people") {
    CHECK(size_fault(ProviderKind::kPostmark, 10, 10) == "");
    CHECK(size_fault(ProviderKind::kPostmark, 12'000, 10'000) ==
          "the message has 12,000 bytes, and Postmark takes 10,000");
    CHECK(smtputf8_fault(ProviderKind::kSes, provider_test::mime_message()) == "");
    CHECK(smtputf8_fault(ProviderKind::kSes,
                         provider_test::parts_message("jürgen@riverside.example")) ==
          "Amazon SES takes no address with letters beyond ASCII before the @");
}
