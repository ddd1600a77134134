#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::vector<ProviderAnswer> answers(int status, const std::string& body, std::size_t count) {
    auto provider = make_provider(setup(ProviderKind::kResend));
    auto out =
        answers_of(*provider, response(status, body), std::vector<Message>(count, parts_message()));
    REQUIRE(out.size() == count);
    return out;
}

ProviderAnswer answer(int status, const std::string& body) {
    return answers(status, body, 1).front();
}

std::vector<ProviderVerdict> verdicts(int status, const std::string& body, std::size_t count) {
    std::vector<ProviderVerdict> out;
    for (const ProviderAnswer& one : answers(status, body, count)) out.push_back(one.verdict);
    return out;
}

std::string error_of(int status, const std::string& name, const std::string& message = "no") {
    return Json{{"statusCode", status}, {"name", name}, {"message", message}}.dump();
}

const std::vector<ProviderVerdict> kAllUnclear(3, ProviderVerdict::kUnclear);

}  // namespace

TEST_CASE("Resend: one mail is taken where an id comes") {
    ProviderAnswer taken = answer(200, R"({"id":"49a3999c-0ce1"})");
    CHECK(taken.verdict == ProviderVerdict::kAccepted);
    CHECK(taken.reply.code == 200);
    CHECK(taken.reply.text == "id 49a3999c-0ce1");
    for (const char* body : {"", "[]", "{}", "OK", R"({"id":""})", R"({"id":7})", R"({"id":null})",
                             R"({"data":[{"id":"1"}]})"}) {
        CAPTURE(body);
        CHECK(answer(200, body).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(answer(201, R"({"id":"1"})").verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("Resend: a batch's ids are in the order of its mails") {
    auto taken = answers(200, R"({"data":[{"id":"a"},{"id":"b"},{"id":"c"}]})", 3);
    const char* texts[] = {"id a", "id b", "id c"};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(taken[i].verdict == ProviderVerdict::kAccepted);
        CHECK(taken[i].reply.text == texts[i]);
    }
    CHECK(
        answers(200, R"({"data":[{"id":"a"},{"id":"b"},{"id":"c"}],"errors":[]})", 3)[2].verdict ==
        ProviderVerdict::kAccepted);
}

TEST_CASE("Resend: a mail that is named in errors is refused, and the others keep their ids") {
    auto mixed = answers(200, R"({"data":[{"id":"a"},{"id":"c"}],
                                  "errors":[{"index":1,"message":"Invalid `to` field."}]})",
                         3);
    CHECK(mixed[0].reply.text == "id a");
    CHECK(mixed[1].verdict == ProviderVerdict::kRefused);
    CHECK(mixed[1].reply.code == 422);
    CHECK(mixed[1].reply.text == "validation_error Invalid `to` field.");
    CHECK(mixed[2].verdict == ProviderVerdict::kAccepted);
    CHECK(mixed[2].reply.text == "id c");
    CHECK(verdicts(200, R"({"data":[],"errors":[{"index":0},{"index":1},{"index":2}]})", 3) ==
          std::vector<ProviderVerdict>(3, ProviderVerdict::kRefused));
}

TEST_CASE("Resend: a batch that does not fit its mails is in doubt as a whole") {
    for (const char* body : {
             "",
             "{}",
             "[]",
             R"({"id":"a"})",
             R"({"data":{"id":"a"}})",
             R"({"data":[{"id":"a"},{"id":"b"}]})",
             R"({"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]})",
             R"({"data":[{"id":"a"},{"id":"a"},{"id":"c"}]})",
             R"({"data":[{"id":"a"},{},{"id":"c"}]})",
             R"({"data":[{"id":"a"},null,{"id":"c"}]})",
             R"({"data":[{"id":"a"},{"id":2},{"id":"c"}]})",
             R"({"data":["a","b","c"]})",
             R"({"data":[{}],"errors":[{"index":0},{"index":1},{"index":2}]})",
             R"({"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":3}]})",
             R"({"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":-1}]})",
             R"({"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":"1"}]})",
             R"({"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":1.0}]})",
             R"({"data":[{"id":"a"},{"id":"b"}],"errors":[{"message":"which?"}]})",
             R"({"data":[{"id":"a"}],"errors":[{"index":1},{"index":1}]})",
             R"({"data":[{"id":"a"},{"id":"b"},{"id":"c"}],"errors":[{"index":1}]})",
         }) {
        CAPTURE(body);
        CHECK(verdicts(200, body, 3) == kAllUnclear);
    }
}

TEST_CASE("Resend: a refusal is the mail's where there is one, and stops the run for a batch") {
    for (auto [status, name] : std::initializer_list<std::pair<int, const char*>>{
             {400, "validation_error"}, {422, "invalid_attachment"}, {422, "invalid_parameter"}}) {
        ProviderAnswer refused = answer(status, error_of(status, name, "Invalid `to` field."));
        CHECK(refused.verdict == ProviderVerdict::kRefused);
        CHECK(refused.reply.code == status);
        CHECK(refused.reply.text == std::string(name) + " Invalid `to` field.");
        CHECK(verdicts(status, error_of(status, name), 3) ==
              std::vector<ProviderVerdict>(3, ProviderVerdict::kAccount));
    }
}

TEST_CASE("Resend: what is wrong with the sender is no recipient's fault, alone or in a batch") {
    for (const std::string words :
         {"Invalid `from` field. The email address needs to follow the format",
          "Invalid `reply_to` field.", "The harbour.example domain is not verified."}) {
        CAPTURE(words);
        CHECK(answer(422, error_of(422, "validation_error", words)).verdict ==
              ProviderVerdict::kAccount);
        auto mixed = answers(200,
                             Json{{"data", {{{"id", "a"}}}},
                                  {"errors",
                                   {{{"index", 0}, {"message", words}},
                                    {{"index", 2}, {"message", "Invalid `to` field."}}}}}
                                 .dump(),
                             3);
        CHECK(mixed[0].verdict == ProviderVerdict::kAccount);
        CHECK(mixed[1].verdict == ProviderVerdict::kAccepted);
        CHECK(mixed[2].verdict == ProviderVerdict::kRefused);
    }
}

TEST_CASE("Resend: what is wrong with the account stops the run") {
    for (auto [status, name] :
         std::initializer_list<std::pair<int, const char*>>{{400, "invalid_idempotency_key"},
                                                            {401, "missing_api_key"},
                                                            {401, "restricted_api_key"},
                                                            {403, "invalid_api_key"},
                                                            {403, "validation_error"},
                                                            {404, "not_found"},
                                                            {405, "method_not_allowed"},
                                                            {422, "invalid_from_address"},
                                                            {422, "missing_required_field"},
                                                            {429, "daily_quota_exceeded"},
                                                            {429, "monthly_quota_exceeded"},
                                                            {451, "security_error"}}) {
        CAPTURE(name);
        CHECK(answer(status, error_of(status, name)).verdict == ProviderVerdict::kAccount);
    }
    CHECK(answer(400, "garbage").verdict == ProviderVerdict::kAccount);
    CHECK(answer(302, "").verdict == ProviderVerdict::kAccount);
}

TEST_CASE("Resend: a key that it has seen leaves the mails in doubt, to be asked for again") {
    for (const char* name : {"invalid_idempotent_request", "concurrent_idempotent_requests"}) {
        CHECK(verdicts(409, error_of(409, name), 3) == kAllUnclear);
    }
    CHECK(answer(409, "").verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("Resend: throttles and 5xx, whatever stands in them") {
    CHECK(answer(429, error_of(429, "rate_limit_exceeded")).verdict == ProviderVerdict::kThrottled);
    CHECK(answer(429, "").verdict == ProviderVerdict::kThrottled);
    CHECK(answer(503, "").verdict == ProviderVerdict::kLater);
    for (int status : {500, 502, 504}) {
        CHECK(answer(status, error_of(status, "validation_error")).verdict ==
              ProviderVerdict::kUnclear);
    }
}
