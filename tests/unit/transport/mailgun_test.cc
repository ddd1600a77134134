#include <doctest/doctest.h>

#include "transport/provider/json_body.h"
#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

ProviderSetup mailgun_setup() {
    ProviderSetup out = setup(ProviderKind::kMailgun);
    out.settings.domain = "mg.harbour.example";
    return out;
}

std::unique_ptr<Provider> mailgun() {
    return make_mailgun(mailgun_setup());
}

HttpResponse said(int status, const std::string& words) {
    return response(status, Json({{"message", words}}).dump());
}

ProviderAnswer answer(const HttpResponse& told) {
    auto all = answers_of(*mailgun(), told, {mime_message()});
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string part(const std::string& boundary, const std::string& name, const std::string& value) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
           value + "\r\n";
}

std::string domain(const std::string& members) {
    return R"({"domain":{)" + members + "}}";
}

}  // namespace

TEST_CASE("Mailgun: a request as messages.mime takes it") {
    Message message = mime_message();
    HttpRequest made = request_of(*mailgun(), {message});
    CHECK(made.method == "POST");
    CHECK(made.url == "https://api.mailgun.net/v3/mg.harbour.example/messages.mime");
    CHECK(header_of(made, "Authorization") == basic_auth("api", kApiKey));
    const std::string type = header_of(made, "Content-Type");
    const std::string beginning = "multipart/form-data; boundary=";
    REQUIRE(type.starts_with(beginning));
    const std::string boundary = type.substr(beginning.size());
    CHECK(boundary.size() <= 70);  // RFC 2046 section 5.1.1
    CHECK(message.bytes.find(boundary) == std::string::npos);
    CHECK(made.body ==
          part(boundary, "to", "anna@riverside.example") + part(boundary, "o:tracking", "no") +
              part(boundary, "o:tag", "night-buses") + part(boundary, "v:campaign", "night-buses") +
              part(boundary, "v:tocsin", kReference) + "--" + boundary +
              "\r\nContent-Disposition: form-data; name=\"message\"; filename=\"message.eml\"\r\n"
              "Content-Type: message/rfc822\r\n\r\n" +
              message.bytes + "\r\n--" + boundary + "--\r\n");
}

TEST_CASE("Mailgun: a proof has no metadata, and a sandbox tests only") {
    Message message = mime_message();
    message.reference.clear();
    message.campaign.clear();
    ProviderSetup given = mailgun_setup();
    CHECK(request_of(*make_mailgun(given), {message}).body.find("name=\"v:") == std::string::npos);
    CHECK(request_of(*make_mailgun(given), {message}).body.find("o:t") !=
          std::string::npos);  // o:tracking
    given.sandbox = true;
    CHECK(request_of(*make_mailgun(given), {message})
              .body.find("name=\"o:testmode\"\r\n\r\nyes\r\n") != std::string::npos);
}

TEST_CASE("Mailgun: regions, endpoint, and a domain that cannot leave its place in the path") {
    ProviderSetup given = mailgun_setup();
    given.settings.region = "eu";
    CHECK(request_of(*make_mailgun(given), {mime_message()})
              .url.starts_with("https://api.eu.mailgun.net/v3/"));
    given.settings.endpoint = "http://127.0.0.1:4010";
    given.settings.domain = "a/../b?c";
    CHECK(request_of(*make_mailgun(given), {mime_message()}).url ==
          "http://127.0.0.1:4010/v3/a%2F..%2Fb%3Fc/messages.mime");
}

TEST_CASE("Mailgun: what it cannot take") {
    CHECK(mailgun()->fault(mime_message()) == "");
    CHECK(mailgun()->fault(mime_message("jürgen@riverside.example")) == "");
    Message large = mime_message();
    large.bytes.assign(25'000'000, 'a');
    CHECK(mailgun()->fault(large).find("takes 25,000,000") != std::string::npos);
}

TEST_CASE("Mailgun: accepted is what is queued, and no friendly word besides") {
    ProviderAnswer made = answer(
        response(200, R"({"id":"<2026.1@mg.harbour.example>","message":"Queued. Thank you."})"));
    CHECK(made.verdict == ProviderVerdict::kAccepted);
    CHECK(made.reply.line() == "200 id 2026.1@mg.harbour.example");
    for (const char* body :
         {"Mailgun Magnificent API", "", "{}", "[]", "\"Queued\"",
          R"({"id":"<x>","message":"Thank you."})", R"({"message":"Queued. Thank you."})",
          R"({"id":"","message":"Queued. Thank you."})",
          R"({"id":["x"],"message":"Queued. Thank you."})",
          R"({"id":"<x>","message":["Queued"]})"}) {
        CAPTURE(body);
        CHECK(answer(response(200, body)).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(answer(response(202, R"({"id":"<x>","message":"Queued. Thank you."})")).verdict ==
          ProviderVerdict::kUnclear);
}

TEST_CASE("Mailgun: errors of the message refuse it, and those of the account stop") {
    using Verdict = ProviderVerdict;
    ProviderAnswer made =
        answer(said(400, "to parameter is not a valid address. please check documentation"));
    CHECK(made.verdict == Verdict::kRefused);
    CHECK(made.reply.line() ==
          "400 to parameter is not a valid address. please check documentation");
    CHECK(answer(said(400, "'to' parameter is not a valid address")).verdict == Verdict::kRefused);
    CHECK(answer(said(413, "too large")).verdict == Verdict::kRefused);
    CHECK(answer(response(413, "<html>")).verdict == Verdict::kRefused);
    for (const char* words : {"from parameter is missing",
                              "Sandbox subdomains are for test purposes only. Please add your own "
                              "domain or add the address to authorized recipients",
                              "", "Please activate your Mailgun account"}) {
        CHECK(answer(said(400, words)).verdict == Verdict::kAccount);
    }
    ProviderAnswer forbidden = answer(response(401, "\"Forbidden\""));
    CHECK(forbidden.verdict == Verdict::kAccount);
    CHECK(forbidden.reply.line() == "401 Forbidden");
    for (int status : {302, 400, 401, 402, 403, 404, 405}) {
        CHECK(answer(response(status, "garbage")).verdict == Verdict::kAccount);
    }
    CHECK(answer(said(429, "limit exceeded")).verdict == Verdict::kThrottled);
    for (int status : {500, 502, 504}) {
        CHECK(answer(said(status, "to parameter is not a valid address")).verdict ==
              Verdict::kUnclear);
    }
    CHECK(answer(said(503, "")).verdict == Verdict::kLater);
}

TEST_CASE("Mailgun: its pace stands in words, or in headers") {
    auto pause = [](const std::string& words) {
        return mailgun()->pause_after(said(429, words), kNow);
    };
    CHECK(pause("Domain x is not allowed to send: account-requests-per-sec limit exceeded, try "
                "again after 120 seconds") == std::chrono::seconds(120));
    CHECK(pause("try again after a while") == Milliseconds(0));
    CHECK(pause("try again after ") == Milliseconds(0));
    CHECK(pause("try again after 99999 seconds") == std::chrono::hours(24));
    CHECK(pause("try again after 99999999999999999999 seconds") == Milliseconds(0));
    CHECK(mailgun()->pause_after(said(400, "try again after 120 seconds"), kNow) ==
          Milliseconds(0));
    HttpResponse told = said(429, "try again after 3 seconds");
    told.headers = {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795460460000"}};
    CHECK(mailgun()->pause_after(told, kNow) == std::chrono::seconds(60));
}

TEST_CASE("Mailgun: a probe asks for the domain") {
    Script good({response(200, domain(R"("state":"active","is_disabled":false)"))});
    CHECK(complaint(*mailgun(), good).first == "");
    CHECK(good.asked.at(0).url == "https://api.mailgun.net/v4/domains/mg.harbour.example");
    CHECK(header_of(good.asked.at(0), "Authorization") == basic_auth("api", kApiKey));

    auto told = [](const HttpResponse& reply) {
        Script script({reply});
        return complaint(*mailgun(), script);
    };
    CHECK(told(response(200, domain(R"("state":"unverified")"))).first ==
          "Mailgun may not send for mg.harbour.example now: it is unverified");
    CHECK(told(response(200, domain(R"("state":"active","is_disabled":true)"))).first ==
          "Mailgun may not send for mg.harbour.example now: it is disabled");
    CHECK(told(response(200, "garbage")).first ==
          "Mailgun may not send for mg.harbour.example now: it is disabled");
    CHECK(told(response(404, "{}")).first == "Mailgun does not know the domain mg.harbour.example");
    CHECK(told(response(404, "{}")).second.find("`region`") != std::string::npos);
    CHECK(told(response(401, "\"Forbidden\"")).first == "Mailgun refuses the key: 401 Forbidden");
}
