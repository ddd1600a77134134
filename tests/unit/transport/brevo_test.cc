#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> brevo() {
    return make_provider(setup(ProviderKind::kBrevo));
}

Json request_body(const Provider& provider, const Message& message) {
    return Json::parse(request_of(provider, {message}).body);
}

ProviderAnswer answer(int status, const std::string& body) {
    auto provider = brevo();
    auto answers = answers_of(*provider, response(status, body), {parts_message()});
    REQUIRE(answers.size() == 1);
    return answers.front();
}

std::string error_of(const std::string& code, const std::string& message = "no") {
    return Json{{"code", code}, {"message", message}}.dump();
}

constexpr char kDomains[] = R"({"domains":[
    {"id":1,"domain_name":"other.example","authenticated":true,"verified":true},
    {"id":2,"domain_name":"harbour.example","authenticated":true,"verified":true}]})";

}  // namespace

TEST_CASE("Brevo: the request has the parts, the headers, the key and what names the recipient") {
    HttpRequest request = request_of(*brevo(), {parts_message()});
    CHECK(request.method == "POST");
    CHECK(request.url == "https://api.brevo.com/v3/smtp/email");
    CHECK(header_of(request, "api-key") == kApiKey);
    CHECK(header_of(request, "Content-Type") == "application/json");
    Json body = Json::parse(request.body);
    CHECK(Json::parse(body["headers"]["X-Mailin-custom"].get<std::string>()) ==
          Json{{"tocsin", kReference}, {"campaign", "night-buses"}});
    body["headers"].erase("X-Mailin-custom");
    CHECK(body == Json::parse(R"({
        "sender":{"email":"campaigns@harbour.example","name":"Reem, Mark and the team"},
        "to":[{"email":"anna@riverside.example"}],
        "replyTo":{"email":"reem@harbour.example"},
        "subject":"Nachtbusse für alle",
        "htmlContent":"<p>Guten Tag</p>",
        "textContent":"Guten Tag\n\"Umlaute\": ä\n",
        "tags":["night-buses"],
        "headers":{"List-Id":"<all.harbour.example>",
                   "List-Unsubscribe":"<https://leave.harbour.example/u/1>",
                   "List-Unsubscribe-Post":"List-Unsubscribe=One-Click",
                   "Feedback-ID":"night-buses:all:bulk:harbourexample",
                   "Precedence":"bulk",
                   "idempotencyKey":"aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa"}})"));
}

TEST_CASE("Brevo: equal keys make equal UUIDs, other keys others") {
    const Message message = parts_message();
    const Message* one = &message;
    auto key_of = [&](const std::string& key) {
        HttpRequest request = brevo()->request({&one, 1}, {kNow, key});
        return Json::parse(request.body)["headers"]["idempotencyKey"].get<std::string>();
    };
    const std::string digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    CHECK(key_of(digits) == "01234567-89ab-4def-a123-456789abcdef");
    CHECK(key_of(digits) == key_of(digits));
    CHECK(key_of(digits) != key_of(std::string(64, 'b')));
    HttpRequest without = brevo()->request({&one, 1}, {kNow, ""});
    CHECK_FALSE(Json::parse(without.body)["headers"].contains("idempotencyKey"));
    CHECK(brevo()->remembers() > Milliseconds(0));
    CHECK(brevo()->remembers() <= std::chrono::minutes(15));
}

TEST_CASE("Brevo: headers stay ASCII, because it decodes encoded words") {
    Draft made = draft("anna@riverside.example");
    made.headers = {{"List-Id", "=?utf-8?q?=C3=84rzte?= all <all.harbour.example>"},
                    {"X-Story", "Nächte", false},
                    {"Precedence", "bulk"}};
    Json headers = request_body(*brevo(), parts_message("anna@riverside.example", made))["headers"];
    CHECK(headers["List-Id"] == "<all.harbour.example>");
    CHECK_FALSE(headers.contains("X-Story"));
    CHECK(headers["Precedence"] == "bulk");
}

TEST_CASE("Brevo: a sender's name with a comma and letters beyond ASCII comes encoded") {
    Draft made = draft("anna@riverside.example");
    made.from.name = "Zoë, Mark";
    Json body = request_body(*brevo(), parts_message("anna@riverside.example", made));
    const std::string name = body["sender"]["name"];
    CHECK(name.starts_with("=?"));
    made.from.name = "Zoë";
    body = request_body(*brevo(), parts_message("anna@riverside.example", made));
    CHECK(body["sender"]["name"] == "Zoë");
}

TEST_CASE("Brevo: attachments, a proof, the sandbox and an endpoint of one's own") {
    Draft made = draft("anna@riverside.example");
    made.attachments = {{"plan.pdf", "application/pdf", "%PDF"}};
    made.reply_to.reset();
    made.html.clear();
    Message message = parts_message("anna@riverside.example", made);
    message.reference.clear();
    message.campaign.clear();
    ProviderSetup sandbox = setup(ProviderKind::kBrevo);
    sandbox.sandbox = true;
    sandbox.settings.endpoint = "http://127.0.0.1:8025";
    auto provider = make_provider(sandbox);
    CHECK(request_of(*provider, {message}).url == "http://127.0.0.1:8025/v3/smtp/email");
    Json body = request_body(*provider, message);
    CHECK(body["attachment"] == Json::parse(R"([{"name":"plan.pdf","content":"JVBERg=="}])"));
    CHECK(body["headers"]["X-Sib-Sandbox"] == "drop");
    for (const char* absent : {"replyTo", "htmlContent", "tags"}) {
        CHECK_FALSE(body.contains(absent));
    }
    CHECK_FALSE(body["headers"].contains("X-Mailin-custom"));
}

TEST_CASE("Brevo: one mail a request; what is too large or beyond ASCII is not taken") {
    CHECK(brevo()->most_messages() == 1);
    CHECK(brevo()->form() == MessageForm::kParts);
    CHECK(brevo()->fault(parts_message()).empty());
    CHECK(brevo()->fault(parts_message("änne@riverside.example")) ==
          "Brevo takes no address with letters beyond ASCII before the @");
    CHECK(brevo()->fault(parts_message("anna@flüsse.example")).empty());
    Draft large = draft("anna@riverside.example");
    large.html.assign(20'000'001, 'x');
    CHECK(brevo()->fault(parts_message("anna@riverside.example", large)).find("20,000,000") !=
          std::string::npos);
}

TEST_CASE("Brevo: a mail whose text and HTML come out empty is refused for its recipient alone") {
    Draft empty = draft("anna@riverside.example");
    empty.text.clear();
    CHECK(brevo()->fault(parts_message("anna@riverside.example", empty)).empty());
    empty.html.clear();
    CHECK(brevo()->fault(parts_message("anna@riverside.example", empty)) ==
          "Brevo takes no message without a text");
}

TEST_CASE("Brevo: taken is a 201 with a message id") {
    ProviderAnswer taken = answer(201, R"({"messageId":"<2026.1@smtp-relay.mailin.fr>"})");
    CHECK(taken.verdict == ProviderVerdict::kAccepted);
    CHECK(taken.reply.code == 201);
    CHECK(taken.reply.text == "id <2026.1@smtp-relay.mailin.fr>");
}

TEST_CASE("Brevo: a success that is not as documented is in doubt") {
    for (const char* body :
         {"", "[]", "{}", "OK", R"({"messageId":""})", R"({"messageId":7})",
          R"({"messageId":null})", R"({"messageIds":["<1@x>"]})", R"({"messageId":["<1@x>"]})"}) {
        CAPTURE(body);
        CHECK(answer(201, body).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(answer(200, R"({"messageId":"<1@x>"})").verdict == ProviderVerdict::kUnclear);
    CHECK(answer(202, R"({"messageId":"<1@x>"})").verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("Brevo: a key that it has seen says nothing of the first request") {
    for (const char* code : {"duplicate_parameter", "duplicate_request"}) {
        ProviderAnswer seen = answer(400, error_of(code, "idempotencyKey is used"));
        CHECK(seen.verdict == ProviderVerdict::kUnclear);
        CHECK(seen.reply.text == std::string(code) + " idempotencyKey is used");
    }
}

TEST_CASE("Brevo: a bad parameter is the recipient's, unless it is the sender") {
    ProviderAnswer refused = answer(400, error_of("invalid_parameter", "email is not valid in to"));
    CHECK(refused.verdict == ProviderVerdict::kRefused);
    CHECK(refused.reply.code == 400);
    CHECK(refused.reply.text == "invalid_parameter email is not valid in to");
    for (const char* words : {"Sender is not valid", "email is not valid in replyTo"}) {
        CHECK(answer(400, error_of("invalid_parameter", words)).verdict ==
              ProviderVerdict::kAccount);
    }
}

TEST_CASE("Brevo: what is wrong with the account stops the run") {
    for (auto [status, code] :
         std::initializer_list<std::pair<int, const char*>>{{400, "missing_parameter"},
                                                            {400, "bad_request"},
                                                            {400, "not_enough_credits"},
                                                            {401, "unauthorized"},
                                                            {402, "not_enough_credits"},
                                                            {403, "permission_denied"},
                                                            {403, "account_under_validation"},
                                                            {404, "document_not_found"},
                                                            {405, "method_not_allowed"},
                                                            {406, "not_acceptable"},
                                                            {422, "unprocessable_entity"}}) {
        CAPTURE(code);
        CHECK(answer(status, error_of(code)).verdict == ProviderVerdict::kAccount);
    }
    CHECK(answer(400, "garbage").verdict == ProviderVerdict::kAccount);
    CHECK(answer(400, R"({"code":["invalid_parameter"]})").verdict == ProviderVerdict::kAccount);
    CHECK(answer(301, "").verdict == ProviderVerdict::kAccount);
}

TEST_CASE("Brevo: throttles, 5xx and what its rate headers say") {
    CHECK(answer(429, error_of("too_many_requests")).verdict == ProviderVerdict::kThrottled);
    CHECK(answer(503, "").verdict == ProviderVerdict::kLater);
    for (int status : {500, 502, 504}) {
        CHECK(answer(status, error_of("invalid_parameter")).verdict == ProviderVerdict::kUnclear);
    }
    auto pause = [](HttpHeaders headers) {
        return brevo()->pause_after(response(429, "", std::move(headers)), kNow);
    };
    CHECK(pause({{"x-sib-ratelimit-remaining", "0"}, {"x-sib-ratelimit-reset", "4"}}) ==
          std::chrono::seconds(4));
    CHECK(pause({{"x-sib-ratelimit-remaining", "9"}, {"x-sib-ratelimit-reset", "4"}}) ==
          Milliseconds(0));
    CHECK(pause({{"retry-after", "9"},
                 {"x-sib-ratelimit-remaining", "0"},
                 {"x-sib-ratelimit-reset", "4"}}) == std::chrono::seconds(9));
    CHECK(pause({}) == Milliseconds(0));
}

TEST_CASE("Brevo: the probe asks for the account, then for the sender's domain or a sender there") {
    Script good({response(200, R"({"email":"x@harbour.example"})"), response(200, kDomains)});
    CHECK(complaint(*brevo(), good).first.empty());
    REQUIRE(good.asked.size() == 2);
    CHECK(good.asked[0].url == "https://api.brevo.com/v3/account");
    CHECK(good.asked[1].url == "https://api.brevo.com/v3/senders/domains");
    CHECK(header_of(good.asked[1], "api-key") == kApiKey);

    Script sender({response(200, "{}"), response(200, R"({"domains":[]})"),
                   response(200, R"({"senders":[{"email":"a@Harbour.example","active":true}]})")});
    CHECK(complaint(*brevo(), sender).first.empty());

    Script none({response(200, "{}"), response(200, R"({"domains":[{"domain_name":"harbour.example",
                                               "authenticated":false,"verified":true}]})"),
                 response(200, R"({"senders":[{"email":"a@harbour.example","active":false}]})")});
    CHECK(complaint(*brevo(), none).first ==
          "Brevo has no authenticated domain and no active sender for harbour.example");
}

TEST_CASE("Brevo: no answer and no complaint holds the key") {
    const std::string echo = error_of("unauthorized", std::string("Key not found: ") + kApiKey);
    CHECK(answer(401, echo).reply.text == "unauthorized Key not found: ***");
    Script script({response(401, echo)});
    auto [message, hint] = complaint(*brevo(), script);
    CHECK(message.find("Brevo") != std::string::npos);
    CHECK((message + hint).find(kApiKey) == std::string::npos);
}
