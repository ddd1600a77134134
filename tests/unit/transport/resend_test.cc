#include <doctest/doctest.h>
#include <stdexcept>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> resend() {
    return make_provider(setup(ProviderKind::kResend));
}

std::vector<Message> messages(std::size_t count) {
    std::vector<Message> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(parts_message("anna" + std::to_string(i) + "@riverside.example"));
    }
    return out;
}

std::vector<ProviderAnswer> answers(int status, const std::string& body, std::size_t count) {
    auto provider = resend();
    auto out = answers_of(*provider, response(status, body), messages(count));
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

const char* const kMail = R"({
    "from":"\"Reem, Mark and the team\" <campaigns@harbour.example>",
    "to":["anna@riverside.example"],
    "reply_to":"reem@harbour.example",
    "subject":"Nachtbusse für alle",
    "html":"<p>Guten Tag</p>",
    "text":"Guten Tag\n\"Umlaute\": ä\n",
    "headers":{"List-Id":"<all.harbour.example>",
               "List-Unsubscribe":"<https://leave.harbour.example/u/1>",
               "List-Unsubscribe-Post":"List-Unsubscribe=One-Click",
               "Feedback-ID":"night-buses:all:bulk:harbourexample",
               "Precedence":"bulk"},
    "tags":[{"name":"campaign","value":"night-buses"},
            {"name":"tocsin","value":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbb"}]})";

}  // namespace

TEST_CASE("Resend: one mail goes to /emails") {
    HttpRequest request = request_of(*resend(), {parts_message()});
    CHECK(request.method == "POST");
    CHECK(request.url == "https://api.resend.com/emails");
    CHECK(header_of(request, "Authorization") == std::string("Bearer ") + kApiKey);
    CHECK(header_of(request, "User-Agent") == "tocsin");
    CHECK(header_of(request, "Idempotency-Key") == std::string(64, 'a'));
    CHECK(header_of(request, "x-batch-validation") == "(none)");
    CHECK(Json::parse(request.body) == Json::parse(kMail));
}

TEST_CASE("Resend: more go to /emails/batch, in their order and with one recipient each") {
    HttpRequest request = request_of(*resend(), messages(3));
    CHECK(request.url == "https://api.resend.com/emails/batch");
    CHECK(header_of(request, "x-batch-validation") == "permissive");
    CHECK(header_of(request, "Idempotency-Key") == std::string(64, 'a'));
    Json body = Json::parse(request.body);
    REQUIRE(body.is_array());
    REQUIRE(body.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        Json mail = Json::parse(kMail);
        mail["to"] = Json::array({"anna" + std::to_string(i) + "@riverside.example"});
        CHECK(body[i] == mail);
    }
    CHECK(resend()->most_messages() == 100);
    CHECK(resend()->remembers() > std::chrono::hours(1));
    CHECK(resend()->remembers() < std::chrono::hours(24));
}

TEST_CASE("Resend: a mail with attachments goes alone, because a batch would lose them") {
    Draft made = draft("anna@riverside.example");
    made.attachments = {{"plan.pdf", "application/pdf", "%PDF"}};
    Message message = parts_message("anna@riverside.example", made);
    CHECK(resend()->alone(message));
    CHECK_FALSE(resend()->alone(parts_message()));
    HttpRequest request = request_of(*resend(), {message});
    CHECK(request.url == "https://api.resend.com/emails");
    CHECK(Json::parse(request.body)["attachments"] ==
          Json::parse(R"([{"filename":"plan.pdf","content":"JVBERg==",
                           "content_type":"application/pdf"}])"));
    CHECK_THROWS_AS(request_of(*resend(), {message, parts_message()}), std::invalid_argument);
}

TEST_CASE("Resend: the sandbox, a proof, and tags that it would refuse") {
    ProviderSetup sandbox = setup(ProviderKind::kResend);
    sandbox.sandbox = true;
    sandbox.settings.endpoint = "http://127.0.0.1:8025";
    Message message = parts_message();
    message.reference.clear();
    message.campaign = "nächte.2";
    HttpRequest request = request_of(*make_provider(sandbox), {message});
    CHECK(request.url == "http://127.0.0.1:8025/emails");
    Json body = Json::parse(request.body);
    CHECK(body["to"] == Json::array({"delivered@resend.dev"}));
    CHECK_FALSE(body.contains("tags"));
}

TEST_CASE("Resend: what is too large or beyond ASCII is not taken") {
    CHECK(resend()->form() == MessageForm::kParts);
    CHECK(resend()->fault(parts_message()).empty());
    CHECK(resend()->fault(parts_message("änne@riverside.example")) ==
          "Resend takes no address with letters beyond ASCII before the @");
    Draft large = draft("anna@riverside.example");
    large.html.assign(40'000'001, 'x');
    CHECK(resend()->fault(parts_message("anna@riverside.example", large)).find("40,000,000") !=
          std::string::npos);
}

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

TEST_CASE("Resend: throttles, 5xx and what its rate headers say") {
    CHECK(answer(429, error_of(429, "rate_limit_exceeded")).verdict == ProviderVerdict::kThrottled);
    CHECK(answer(429, "").verdict == ProviderVerdict::kThrottled);
    CHECK(answer(503, "").verdict == ProviderVerdict::kLater);
    for (int status : {500, 502, 504}) {
        CHECK(answer(status, error_of(status, "validation_error")).verdict ==
              ProviderVerdict::kUnclear);
    }
    auto pause = [](int status, HttpHeaders headers) {
        return resend()->pause_after(response(status, "", std::move(headers)), kNow);
    };
    CHECK(pause(429, {{"retry-after", "2"}}) == std::chrono::seconds(2));
    CHECK(pause(200, {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "1"}}) ==
          std::chrono::seconds(1));
    CHECK(pause(200, {{"ratelimit-remaining", "1"}, {"ratelimit-reset", "1"}}) == Milliseconds(0));
}

TEST_CASE("Resend: the probe looks for the sender's domain; a key for sending alone is good") {
    Script good({response(200, R"({"data":[{"name":"harbour.example","status":"verified"}]})")});
    CHECK(complaint(*resend(), good).first.empty());
    REQUIRE(good.asked.size() == 1);
    CHECK(good.asked[0].url == "https://api.resend.com/domains?limit=100");
    CHECK(header_of(good.asked[0], "Authorization") == std::string("Bearer ") + kApiKey);
    Script restricted({response(401, error_of(401, "restricted_api_key"))});
    CHECK(complaint(*resend(), restricted).first.empty());

    Script pending({response(200, R"({"data":[{"name":"harbour.example","status":"pending"}]})")});
    CHECK(complaint(*resend(), pending).first ==
          "Resend has not verified the domain harbour.example: pending");
    Script unknown({response(200, R"({"data":[{"name":"mail.harbour.example",
                                               "status":"verified"}],"has_more":false})")});
    CHECK(complaint(*resend(), unknown).first == "Resend does not know the domain harbour.example");
    for (const char* body : {"", "[]", R"({"data":"harbour.example"})"}) {
        Script odd({response(200, body)});
        CHECK_FALSE(complaint(*resend(), odd).first.empty());
    }
}

TEST_CASE("Resend: no answer and no complaint holds the key") {
    const std::string echo = error_of(403, "invalid_api_key", std::string("bad ") + kApiKey);
    CHECK(answer(403, echo).reply.text == "invalid_api_key bad ***");
    Script script({response(403, echo)});
    auto [message, hint] = complaint(*resend(), script);
    CHECK(message.find("Resend") != std::string::npos);
    CHECK((message + hint).find(kApiKey) == std::string::npos);
}
