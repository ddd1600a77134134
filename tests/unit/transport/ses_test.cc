#include <doctest/doctest.h>

#include "mail/base64.h"
#include "transport/provider/json_body.h"
#include "transport/provider/sigv4.h"
#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

ProviderSetup ses_setup() {
    ProviderSetup out = setup(ProviderKind::kSes);
    out.settings.region = "eu-west-1";
    return out;
}

std::unique_ptr<Provider> ses() {
    return make_ses(ses_setup());
}

HttpResponse error(int status, const std::string& code, const std::string& words) {
    return response(status, Json({{"message", words}}).dump(), {{"x-amzn-errortype", code}});
}

ProviderAnswer answer(const HttpResponse& told) {
    auto all = answers_of(*ses(), told, {mime_message()});
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string account(const std::string& more) {
    return R"({"SendingEnabled":true,"ProductionAccessEnabled":true)" + more + "}";
}

const std::string kVerified = R"({"VerifiedForSendingStatus":true})";
const std::string kNoSuchIdentity = R"({"message":"Email identity does not exist."})";

}  // namespace

TEST_CASE("SES: a request as SendEmail takes it") {
    Message message = mime_message();
    ProviderSetup given = ses_setup();
    given.settings.configuration_set = "tocsin-events";
    HttpRequest made = request_of(*make_ses(given), {message});
    CHECK(made.method == "POST");
    CHECK(made.url == "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails");
    CHECK(Json::parse(made.body) ==
          Json({{"FromEmailAddress", "campaigns@harbour.example"},
                {"Destination", {{"ToAddresses", {"anna@riverside.example"}}}},
                {"Content", {{"Raw", {{"Data", base64(message.bytes)}}}}},
                {"ConfigurationSetName", "tocsin-events"},
                {"EmailTags",
                 {{{"Name", "campaign"}, {"Value", "night-buses"}},
                  {{"Name", "tocsin"}, {"Value", kReference}}}}}));
    CHECK(header_of(made, "Content-Type") == "application/json");
}

TEST_CASE("SES: a request is signed for its region, and the secret stays at home") {
    ProviderSetup given = ses_setup();
    given.keys.session_token = "token-of-the-session";
    HttpRequest made = request_of(*make_ses(given), {mime_message()});
    CHECK(header_of(made, "X-Amz-Date") == "20261123T190000Z");
    CHECK(header_of(made, "X-Amz-Security-Token") == "token-of-the-session");
    CHECK(header_of(made, "X-Amz-Content-Sha256") == sha256_hex(made.body));
    const std::string authorization = header_of(made, "Authorization");
    CHECK(authorization.starts_with("AWS4-HMAC-SHA256 Credential=" + std::string(kApiKey) +
                                    "/20261123/eu-west-1/ses/aws4_request, SignedHeaders="
                                    "accept;content-type;host;x-amz-content-sha256;x-amz-date;"
                                    "x-amz-security-token, Signature="));
    for (const auto& [name, value] : made.headers) {
        CHECK(value.find(kSecretKey) == std::string::npos);
    }
    // The same again, by hand.
    HttpRequest bare{made.method, made.url, {}, made.body};
    for (const auto& header : made.headers) {
        if (header.first.starts_with("X-Amz-C") || !header.first.starts_with("X-Amz")) {
            if (header.first != "Authorization") bare.headers.push_back(header);
        }
    }
    sign_aws(bare, {kApiKey, kSecretKey, "token-of-the-session"}, {"eu-west-1", "ses", kNow});
    CHECK(header_of(bare, "Authorization") == authorization);
}

TEST_CASE("SES: an endpoint of one's own, China, and no region") {
    ProviderSetup given = ses_setup();
    given.settings.endpoint = "http://127.0.0.1:8005";
    CHECK(request_of(*make_ses(given), {mime_message()}).url ==
          "http://127.0.0.1:8005/v2/email/outbound-emails");
    given = ses_setup();
    given.settings.region = "cn-north-1";
    CHECK(request_of(*make_ses(given), {mime_message()})
              .url.starts_with("https://email.cn-north-1.amazonaws.com.cn/"));
    given.settings.region = "";
    CHECK(request_of(*make_ses(given), {mime_message()})
              .url.starts_with("https://email.us-east-1.amazonaws.com/"));
}

TEST_CASE("SES: a proof has no tags, and odd characters of an id become underscores") {
    Message message = mime_message();
    message.reference.clear();
    message.campaign = "a.b/ü";
    CHECK(Json::parse(request_of(*ses(), {message}).body).at("EmailTags") ==
          Json::array({{{"Name", "campaign"}, {"Value", "a_b___"}}}));
    message.campaign.clear();
    CHECK_FALSE(Json::parse(request_of(*ses(), {message}).body).contains("EmailTags"));
}

TEST_CASE("SES: the sender is that of the mail, not its return path") {
    auto from = [](std::string bytes) {
        Message message = mime_message();
        message.bytes = std::move(bytes);
        return Json::parse(request_of(*ses(), {message}).body).at("FromEmailAddress");
    };
    CHECK(from("From: a@harbour.example\r\n\r\nx") == "a@harbour.example");
    CHECK(from("Date: now\r\nFrom: =?utf-8?q?x?=\r\n =?utf-8?q?y?= <b@harbour.example>\r\n\r\n") ==
          "b@harbour.example");
    CHECK(from("From: \"<x>\" <c@harbour.example>\r\nTo: y@riverside.example\r\n") ==
          "c@harbour.example");
    CHECK(from("Subject: none\r\n\r\n") == "bounces@harbour.example");
}

TEST_CASE("SES: a sandbox mails to the simulator only") {
    ProviderSetup given = ses_setup();
    given.sandbox = true;
    HttpRequest made = request_of(*make_ses(given), {mime_message()});
    CHECK(Json::parse(made.body).at("Destination") ==
          Json({{"ToAddresses", {"success@simulator.amazonses.com"}}}));
}

TEST_CASE("SES: what it cannot take") {
    CHECK(ses()->fault(mime_message()) == "");
    CHECK(ses()->fault(mime_message("jürgen@riverside.example")) ==
          "Amazon SES takes no address with letters beyond ASCII before the @");
    Message large = mime_message();
    large.bytes.assign(29'990'000, 'a');
    CHECK(ses()->fault(large) == "");
    large.bytes.assign(30'000'000, 'a');
    CHECK(ses()->fault(large) ==
          "the message has 40,004,096 bytes, and Amazon SES takes "
          "40,000,000");
}

TEST_CASE("SES: accepted is what has an id, and nothing else") {
    ProviderAnswer made = answer(response(200, R"({"MessageId":"0100abc-000000"})"));
    CHECK(made.verdict == ProviderVerdict::kAccepted);
    CHECK(made.reply.line() == "200 id 0100abc-000000");
    for (const char* body : {"", "{}", "[]", "garbage", R"({"MessageId":""})", R"({"MessageId":7})",
                             R"({"MessageId":null})", "{\"MessageId\":\"x"}) {
        CAPTURE(body);
        CHECK(answer(response(200, body)).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(answer(response(202, R"({"MessageId":"x"})")).verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("SES: errors of the message refuse it, and those of the account stop") {
    using Verdict = ProviderVerdict;
    struct Row {
        int status;
        const char* code;
        const char* words;
        Verdict verdict;
    };
    for (const Row& row : {
             Row{400, "MessageRejected", "Email content contains a virus", Verdict::kRefused},
             Row{400, "BadRequestException", "Missing final '@domain'", Verdict::kRefused},
             Row{400, "MessageRejected",
                 "Email address is not verified. The following identities failed the check",
                 Verdict::kAccount},
             Row{400, "BadRequestException", "Invalid configuration set name", Verdict::kAccount},
             Row{400, "AccountSuspendedException", "suspended", Verdict::kAccount},
             Row{400, "SendingPausedException", "paused", Verdict::kAccount},
             Row{400, "MailFromDomainNotVerifiedException", "no", Verdict::kAccount},
             Row{400, "LimitExceededException", "no", Verdict::kAccount},
             Row{404, "NotFoundException", "Configuration set <x> does not exist",
                 Verdict::kAccount},
             Row{403, "SignatureDoesNotMatch", "no", Verdict::kAccount},
             Row{403, "MessageRejected", "whatever", Verdict::kAccount},
             Row{401, "UnrecognizedClientException", "no", Verdict::kAccount},
             Row{429, "TooManyRequestsException", "Too many requests", Verdict::kThrottled},
             Row{400, "ThrottlingException", "Maximum sending rate exceeded", Verdict::kThrottled},
             Row{400, "ThrottlingException", "Daily message quota exceeded", Verdict::kAccount},
             Row{429, "TooManyRequestsException", "Daily sending quota exceeded",
                 Verdict::kAccount},
             Row{400, "Throttling", "Maximum sending rate exceeded.", Verdict::kThrottled},
             Row{454, "Throttling", "Daily message quota exceeded.", Verdict::kAccount},
             Row{403, "RequestThrottled", "no", Verdict::kThrottled},
             Row{429, "", "", Verdict::kThrottled},
             Row{500, "MessageRejected", "internal", Verdict::kUnclear},
             Row{500, "InternalFailure", "", Verdict::kUnclear},
             Row{502, "", "", Verdict::kUnclear},
             Row{503, "ServiceUnavailable", "", Verdict::kLater},
             Row{504, "", "", Verdict::kUnclear},
             Row{302, "", "", Verdict::kAccount},
             Row{400, "", "", Verdict::kAccount},
             Row{400, "UnknownOperationException", "", Verdict::kAccount},
         }) {
        CAPTURE(row.code);
        CAPTURE(row.words);
        ProviderAnswer made = answer(error(row.status, row.code, row.words));
        CHECK(made.verdict == row.verdict);
        CHECK(made.reply.code == row.status);
    }
    CHECK(answer(error(400, "MessageRejected", "a virus")).reply.line() ==
          "400 MessageRejected a virus");
}

TEST_CASE("SES: the kind of an error stands in a header or in the body") {
    CHECK(
        answer(error(400, "MessageRejected:http://internal.amazon.com/coral/", "x")).reply.line() ==
        "400 MessageRejected x");
    CHECK(answer(response(400, R"({"__type":"com.amazonaws.sesv2#MessageRejected","Message":"x"})"))
              .reply.line() == "400 MessageRejected x");
    CHECK(answer(response(400, R"({"code":"MessageRejected","message":7})")).verdict ==
          ProviderVerdict::kRefused);
    CHECK(answer(response(400, "<html>no</html>")).reply.line() == "400 <html>no</html>");
}

TEST_CASE("SES: a bad signature is answered with what was signed, which is masked") {
    ProviderAnswer made = answer(
        error(403, "SignatureDoesNotMatch",
              "The canonical string should have been " + std::string(kSecretKey) + " " + kApiKey));
    CHECK(made.reply.text == "SignatureDoesNotMatch The canonical string should have been *** ***");
}

TEST_CASE("SES: its own pace is that of Retry-After") {
    HttpResponse told = error(429, "TooManyRequestsException", "");
    CHECK(ses()->pause_after(told, kNow) == Milliseconds(0));
    told.headers.emplace_back("retry-after", "7");
    CHECK(ses()->pause_after(told, kNow) == std::chrono::seconds(7));
}

TEST_CASE("SES: the account's quota becomes rates") {
    auto rates = [](const std::string& quota) {
        Script script({response(200, account(",\"SendQuota\":" + quota))});
        return ses()->allowance(script.exchange());
    };
    constexpr Milliseconds kDay = std::chrono::hours(24);
    CHECK(rates(R"({"MaxSendRate":14.0,"Max24HourSend":50000.0,"SentLast24Hours":3})") ==
          Rates{{14, Milliseconds(1000)}, {50000, kDay}});
    CHECK(rates(R"({"MaxSendRate":0.5,"Max24HourSend":-1})") == Rates{{1, Milliseconds(2000)}});
    CHECK(rates(R"({"MaxSendRate":"14","Max24HourSend":0})").empty());
    CHECK(rates("[]").empty());
    CHECK(rates(R"({"MaxSendRate":1e300})").size() == 1);
    CHECK(rates(R"({"MaxSendRate":1e-300})").size() == 1);
    Script unreadable({error(403, "AccessDeniedException", "not authorised")});
    CHECK(ses()->allowance(unreadable.exchange()).empty());
    Script denied({error(403, "UnrecognizedClientException", "no such key")});
    try {
        ses()->allowance(denied.exchange());
        FAIL("an account that cannot be read has no allowance");
    } catch (const Unavailable& trouble) {
        CHECK(
            trouble.what() ==
            std::string("Amazon SES refuses the key: 403 UnrecognizedClientException no such key"));
    }
}

TEST_CASE("SES: a probe asks for the account and for the sender's domain") {
    Script script({response(200, account("")), response(200, kVerified)});
    CHECK(complaint(*ses(), script).first == "");
    REQUIRE(script.asked.size() == 2);
    CHECK(script.asked[0].method == "GET");
    CHECK(script.asked[0].url == "https://email.eu-west-1.amazonaws.com/v2/email/account");
    CHECK(script.asked[1].url ==
          "https://email.eu-west-1.amazonaws.com/v2/email/identities/harbour.example");
    CHECK(header_of(script.asked[1], "Authorization").starts_with("AWS4-HMAC-SHA256"));
}

TEST_CASE("SES: a domain below a verified one may send") {
    ProviderSetup given = ses_setup();
    given.sender_domain = "news.harbour.example";
    Script script({response(200, account("")),
                   response(404, kNoSuchIdentity, {{"x-amzn-errortype", "NotFoundException"}}),
                   response(200, kVerified)});
    CHECK(complaint(*make_ses(given), script).first == "");
    CHECK(script.asked.size() == 3);
}

TEST_CASE("SES: a probe tells what is wrong") {
    auto told = [](std::deque<HttpResponse> replies) {
        Script script(std::move(replies));
        return complaint(*ses(), script).first;
    };
    CHECK(told({error(403, "InvalidClientTokenId", "no such key")}) ==
          "Amazon SES refuses the key: 403 InvalidClientTokenId no such key");
    CHECK(told({response(200, R"({"SendingEnabled":false})")}) ==
          "Amazon SES has paused sending for this account in eu-west-1");
    CHECK(told({response(200, R"({"SendingEnabled":true,"ProductionAccessEnabled":false})")}) ==
          "Amazon SES has this account in its sandbox in eu-west-1: it mails to verified addresses "
          "only");
    CHECK(told({response(200, account("")), response(200, "{}")}) ==
          "Amazon SES may not send for harbour.example in eu-west-1");
    CHECK(told({response(200, account("")), error(404, "NotFoundException", "")}) ==
          "Amazon SES may not send for harbour.example in eu-west-1");
    CHECK(told({response(200, account("")), error(429, "TooManyRequestsException", "slow")}) ==
          "Amazon SES answers 429 TooManyRequestsException slow");
    CHECK(told({response(200, "garbage")}) == "Amazon SES answers something else than JSON");
    CHECK(told({response(200, account("")), response(404, "Cannot GET")}) ==
          "Amazon SES answers 404 Cannot GET");
}

TEST_CASE("SES: a server that stands in for it need not know accounts and identities") {
    ProviderSetup given = ses_setup();
    given.settings.endpoint = "http://127.0.0.1:8005";
    auto local = make_ses(given);
    const HttpResponse unknown = response(400, R"({"message":"Bad Request Exception"})");
    Script probed({unknown, response(404, "Cannot GET")});
    CHECK(complaint(*local, probed).first == "");
    CHECK(probed.asked.size() == 2);
    Script asked({unknown});
    CHECK(local->allowance(asked.exchange()).empty());
    Script refused({error(400, "BadRequestException", "no")});
    CHECK_THROWS_AS(local->allowance(refused.exchange()), Unavailable);
    Script elsewhere({unknown});
    CHECK_THROWS_AS(ses()->allowance(elsewhere.exchange()), Unavailable);
}
