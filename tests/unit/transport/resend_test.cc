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

std::string error_of(int status, const std::string& name, const std::string& message = "no") {
    return Json{{"statusCode", status}, {"name", name}, {"message", message}}.dump();
}

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

TEST_CASE("Resend: a mail whose text and HTML come out empty is refused for its recipient alone") {
    Draft empty = draft("anna@riverside.example");
    empty.text.clear();
    CHECK(resend()->fault(parts_message("anna@riverside.example", empty)).empty());
    empty.html.clear();
    CHECK(resend()->fault(parts_message("anna@riverside.example", empty)) ==
          "Resend takes no message without a text");
}

TEST_CASE("Resend: a pause is what Retry-After or the rate headers say") {
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
    auto told = answers_of(*resend(), response(403, echo), messages(1));
    CHECK(told.at(0).reply.text == "invalid_api_key bad ***");
    Script script({response(403, echo)});
    auto [message, hint] = complaint(*resend(), script);
    CHECK(message.find("Resend") != std::string::npos);
    CHECK((message + hint).find(kApiKey) == std::string::npos);
}
