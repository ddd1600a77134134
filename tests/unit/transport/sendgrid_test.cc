#include <doctest/doctest.h>

#include "transport/provider/json_body.h"
#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> sendgrid() {
    return make_sendgrid(setup(ProviderKind::kSendgrid));
}

ProviderAnswer answer(const HttpResponse& told, bool sandbox = false) {
    ProviderSetup given = setup(ProviderKind::kSendgrid);
    given.sandbox = sandbox;
    auto all = answers_of(*make_sendgrid(given), told, {parts_message()});
    REQUIRE(all.size() == 1);
    return all.front();
}

HttpResponse error(int status, const Json& field, const std::string& words) {
    return response(status, Json({{"errors", {{{"field", field}, {"message", words}}}}}).dump());
}

}  // namespace

TEST_CASE("SendGrid: a request as Mail Send takes it") {
    HttpRequest made = request_of(*sendgrid(), {parts_message()});
    CHECK(made.method == "POST");
    CHECK(made.url == "https://api.sendgrid.com/v3/mail/send");
    CHECK(header_of(made, "Authorization") == "Bearer " + std::string(kApiKey));
    CHECK(header_of(made, "Content-Type") == "application/json");
    CHECK(Json::parse(made.body) ==
          Json({{"personalizations",
                 {{{"to", {{{"email", "anna@riverside.example"}}}},
                   {"custom_args", {{"tocsin", kReference}, {"campaign", "night-buses"}}}}}},
                {"from",
                 {{"email", "campaigns@harbour.example"}, {"name", "Reem, Mark and the team"}}},
                {"reply_to", {{"email", "reem@harbour.example"}}},
                {"subject", "Nachtbusse für alle"},
                {"content",
                 {{{"type", "text/plain"}, {"value", "Guten Tag\n\"Umlaute\": ä\n"}},
                  {{"type", "text/html"}, {"value", "<p>Guten Tag</p>"}}}},
                {"headers",
                 {{"Message-ID", "<abc123@harbour.example>"},
                  {"List-Id", "<all.harbour.example>"},
                  {"List-Unsubscribe", "<https://leave.harbour.example/u/1>"},
                  {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
                  {"Feedback-ID", "night-buses:all:bulk:harbourexample"},
                  {"Precedence", "bulk"}}},
                {"tracking_settings",
                 {{"click_tracking", {{"enable", false}, {"enable_text", false}}},
                  {"open_tracking", {{"enable", false}}},
                  {"subscription_tracking", {{"enable", false}}}}}}));
}

TEST_CASE("SendGrid: attachments, one text only, no reply address, no metadata") {
    Draft given = draft("anna@riverside.example");
    given.reply_to.reset();
    given.text.clear();
    given.attachments = {{"flyer.pdf", "application/pdf", "%PDF-1.7"}};
    Message message = parts_message("anna@riverside.example", given);
    message.reference.clear();
    message.campaign.clear();
    Json body = Json::parse(request_of(*sendgrid(), {message}).body);
    CHECK_FALSE(body.contains("reply_to"));
    CHECK(body.at("personalizations") ==
          Json::array({{{"to", {{{"email", "anna@riverside.example"}}}}}}));
    CHECK(body.at("content") ==
          Json::array({{{"type", "text/html"}, {"value", "<p>Guten Tag</p>"}}}));
    CHECK(body.at("attachments") == Json::array({{{"content", "JVBERi0xLjc="},
                                                  {"filename", "flyer.pdf"},
                                                  {"type", "application/pdf"},
                                                  {"disposition", "attachment"}}}));
}

TEST_CASE("SendGrid: headers that it reserves stay out") {
    Draft given = draft("anna@riverside.example");
    given.headers = {
        {"Reply-To", "x@harbour.example"}, {"X-SG-ID", "1"}, {"CC", "y"}, {"X-A", "1"}};
    Json body = Json::parse(request_of(*sendgrid(), {parts_message("a@b.example", given)}).body);
    CHECK(body.at("headers") == Json({{"Message-ID", "<abc123@harbour.example>"}, {"X-A", "1"}}));
}

TEST_CASE("SendGrid: regions, endpoint and sandbox") {
    ProviderSetup given = setup(ProviderKind::kSendgrid);
    given.settings.region = "eu";
    CHECK(request_of(*make_sendgrid(given), {parts_message()}).url ==
          "https://api.eu.sendgrid.com/v3/mail/send");
    given.settings.endpoint = "http://127.0.0.1:4010";
    given.sandbox = true;
    HttpRequest made = request_of(*make_sendgrid(given), {parts_message()});
    CHECK(made.url == "http://127.0.0.1:4010/v3/mail/send");
    CHECK(Json::parse(made.body).at("mail_settings") ==
          Json({{"sandbox_mode", {{"enable", true}}}}));
}

TEST_CASE("SendGrid: what it cannot take") {
    auto fault = [](void (*change)(Draft&)) {
        Draft given = draft("anna@riverside.example");
        change(given);
        return sendgrid()->fault(parts_message("anna@riverside.example", given));
    };
    CHECK(fault([](Draft&) {}) == "");
    CHECK(fault([](Draft& d) { d.subject.clear(); }) ==
          "SendGrid takes no message without a subject");
    CHECK(fault([](Draft& d) { d.text.clear(), d.html.clear(); }) ==
          "SendGrid takes no message without a text");
    CHECK(fault([](Draft& d) { d.html.assign(30'000'000, 'a'); }).find("takes 30,000,000") !=
          std::string::npos);
    CHECK(sendgrid()->fault(parts_message("jürgen@riverside.example")).find("beyond ASCII") !=
          std::string::npos);
}

TEST_CASE("SendGrid: accepted is exactly 202, and 200 in its sandbox") {
    ProviderAnswer made = answer(response(202, "", {{"x-message-id", "abc.def"}}));
    CHECK(made.verdict == ProviderVerdict::kAccepted);
    CHECK(made.reply.line() == "202 id abc.def");
    CHECK(answer(response(202, "")).verdict == ProviderVerdict::kAccepted);
    CHECK(answer(response(202, "")).reply.text == "");
    CHECK(answer(response(200, "")).verdict == ProviderVerdict::kUnclear);
    CHECK(answer(response(200, ""), true).verdict == ProviderVerdict::kAccepted);
    CHECK(answer(response(204, ""), true).verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("SendGrid: errors of the message refuse it, and those of the account stop") {
    using Verdict = ProviderVerdict;
    ProviderAnswer made =
        answer(error(400, "personalizations.0.to.0.email", "Does not contain a valid address."));
    CHECK(made.verdict == Verdict::kRefused);
    CHECK(made.reply.line() ==
          "400 personalizations.0.to.0.email Does not contain a valid address.");
    for (const char* field : {"subject", "content.0.value", "attachments.0.content", "headers.X-A",
                              "custom_args", "personalizations"}) {
        CHECK(answer(error(400, field, "bad")).verdict == Verdict::kRefused);
    }
    for (const Json& field : {Json("from.email"), Json("reply_to"), Json(nullptr), Json(7),
                              Json("contents"), Json("")}) {
        CHECK(answer(error(400, field, "bad")).verdict == Verdict::kAccount);
    }
    for (const char* body : {"", "garbage", "{}", R"({"errors":[]})", R"({"errors":{}})",
                             R"({"errors":["subject"]})", "[]"}) {
        CHECK(answer(response(400, body)).verdict == Verdict::kAccount);
    }
    auto both = [](const char* one, const char* other) {
        Json errors = {{{"field", one}, {"message", "1"}}, {{"field", other}, {"message", "2"}}};
        return answer(response(400, Json({{"errors", errors}}).dump()));
    };
    CHECK(both("subject", "from.email").verdict == Verdict::kAccount);
    CHECK(both("subject", "from.email").reply.line() == "400 from.email 2");
    CHECK(both("subject", "headers").verdict == Verdict::kRefused);
    CHECK(both("subject", "headers").reply.line() == "400 subject 1");
    CHECK(answer(response(413, "")).verdict == Verdict::kRefused);
    CHECK(answer(error(401, nullptr, "Maximum credits exceeded")).verdict == Verdict::kAccount);
    CHECK(answer(error(403, "from", "no verified Sender Identity")).reply.line() ==
          "403 from no verified Sender Identity");
    for (int status : {302, 401, 403, 404, 405}) {
        CHECK(answer(response(status, "")).verdict == Verdict::kAccount);
    }
    CHECK(answer(error(429, nullptr, "too many requests")).verdict == Verdict::kThrottled);
    for (int status : {500, 502, 504}) {
        CHECK(answer(error(status, "subject", "")).verdict == Verdict::kUnclear);
    }
    CHECK(answer(response(503, "")).verdict == Verdict::kLater);
}

TEST_CASE("SendGrid: a spent allowance pauses until it is reset") {
    HttpResponse told =
        response(202, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795460460"}});
    CHECK(sendgrid()->pause_after(told, kNow) == std::chrono::seconds(60));
    told.headers[0].second = "1";
    CHECK(sendgrid()->pause_after(told, kNow) == Milliseconds(0));
    told.headers.emplace_back("retry-after", "5");
    CHECK(sendgrid()->pause_after(told, kNow) == std::chrono::seconds(5));
}

TEST_CASE("SendGrid: a probe asks what the key may do") {
    Script good({response(200, R"({"scopes":["alerts.read","mail.send"]})")});
    CHECK(complaint(*sendgrid(), good).first == "");
    CHECK(good.asked.at(0).url == "https://api.sendgrid.com/v3/scopes");
    CHECK(header_of(good.asked.at(0), "Authorization") == "Bearer " + std::string(kApiKey));
    for (const char* body : {R"({"scopes":["alerts.read"]})", "{}", R"({"scopes":"mail.send"})"}) {
        Script bad({response(200, body)});
        CHECK(complaint(*sendgrid(), bad).first == "SendGrid says that the key may not send mail");
    }
    Script refused({error(401, nullptr, "The provided authorization grant is invalid")});
    auto [words, hint] = complaint(*sendgrid(), refused);
    CHECK(words.starts_with("SendGrid refuses the key: 401"));
    CHECK(hint.find("`api_key`") != std::string::npos);
}
