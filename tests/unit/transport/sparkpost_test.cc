#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> sparkpost() {
    return make_provider(setup(ProviderKind::kSparkpost));
}

Json request_body(const Provider& provider, const Message& message) {
    return Json::parse(request_of(provider, {message}).body);
}

ProviderAnswer answer(int status, const std::string& body) {
    auto provider = sparkpost();
    auto answers = answers_of(*provider, response(status, body), {mime_message()});
    REQUIRE(answers.size() == 1);
    return answers.front();
}

std::string error_of(const std::string& code, const std::string& message,
                     const std::string& description = "") {
    Json error = {{"code", code}, {"message", message}};
    if (!description.empty()) error["description"] = description;
    return Json{{"errors", Json::array({error})}}.dump();
}

constexpr char kTaken[] =
    R"({"results":{"total_rejected_recipients":0,"total_accepted_recipients":1,"id":"11668787484950529"}})";

}  // namespace

TEST_CASE("SparkPost: the request carries the message as it is, to one recipient") {
    Message message = mime_message();
    HttpRequest request = request_of(*sparkpost(), {message});
    CHECK(request.method == "POST");
    CHECK(request.url == "https://api.sparkpost.com/api/v1/transmissions");
    CHECK(header_of(request, "Authorization") == kApiKey);  // no scheme
    CHECK(header_of(request, "Content-Type") == "application/json");
    CHECK(Json::parse(request.body) ==
          Json{{"options",
                {{"open_tracking", false},
                 {"click_tracking", false},
                 {"transactional", true},
                 {"perform_substitutions", false}}},
               {"recipients", Json::parse(R"([{"address":{"email":"anna@riverside.example"}}])")},
               {"content", {{"email_rfc822", message.bytes}}},
               {"metadata", {{"tocsin", kReference}, {"campaign", "night-buses"}}},
               {"campaign_id", "night-buses"}});
}

TEST_CASE("SparkPost: regions and an endpoint of one's own") {
    ProviderSetup europe = setup(ProviderKind::kSparkpost);
    europe.settings.region = "eu";
    CHECK(request_of(*make_provider(europe), {mime_message()}).url ==
          "https://api.eu.sparkpost.com/api/v1/transmissions");
    europe.settings.endpoint = "http://127.0.0.1:8025";
    CHECK(request_of(*make_provider(europe), {mime_message()}).url ==
          "http://127.0.0.1:8025/api/v1/transmissions");
}

TEST_CASE("SparkPost: the sandbox sends to the sink, which swallows") {
    ProviderSetup sandbox = setup(ProviderKind::kSparkpost);
    sandbox.sandbox = true;
    Json body = request_body(*make_provider(sandbox), mime_message());
    CHECK(body["recipients"][0]["address"]["email"] ==
          "anna@riverside.example.sink.sparkpostmail.com");
    CHECK_FALSE(body["options"].contains("sandbox"));
}

TEST_CASE("SparkPost: braces of header fields arrive as they were written, those of bodies too") {
    Draft made = draft("anna@riverside.example");
    made.subject = "{{name}} and {{{raw}}}";
    made.text = "Dear {{name}}";
    Message message = parts_message("anna@riverside.example", made);
    message.bytes = build_message(made);
    const std::string sent = request_body(*sparkpost(), message)["content"]["email_rfc822"];
    CHECK(sent.find("{{opening_double_curly()}}name{{closing_double_curly()}} and ") !=
          std::string::npos);
    CHECK(sent.find("{{opening_triple_curly()}}raw{{closing_triple_curly()}}") !=
          std::string::npos);
    const std::size_t body = message.bytes.find("\r\n\r\n");
    CHECK(sent.ends_with(message.bytes.substr(body)));
    CHECK(sent.find("Dear {{name}}") != std::string::npos);
}

TEST_CASE("SparkPost: a proof has no reference, and a long campaign no campaign_id") {
    Message message = mime_message();
    message.reference.clear();
    message.campaign = std::string(65, 'x');
    Json body = request_body(*sparkpost(), message);
    CHECK(body["metadata"] == Json{{"campaign", std::string(65, 'x')}});
    CHECK_FALSE(body.contains("campaign_id"));
    message.campaign.clear();
    CHECK_FALSE(request_body(*sparkpost(), message).contains("metadata"));
}

TEST_CASE("SparkPost: addresses beyond ASCII are taken, messages over 20 MB are not") {
    CHECK(sparkpost()->fault(mime_message("änne@riverside.example")).empty());
    CHECK(
        request_body(*sparkpost(),
                     mime_message("änne@riverside.example"))["recipients"][0]["address"]["email"] ==
        "änne@riverside.example");
    Message large = mime_message();
    large.bytes.resize(20'000'000, 'x');
    CHECK(sparkpost()->fault(large).empty());
    large.bytes += 'x';
    CHECK(sparkpost()->fault(large) ==
          "the message has 20,000,001 bytes, and SparkPost takes 20,000,000");
    CHECK(sparkpost()->most_messages() == 1);
    CHECK(sparkpost()->form() == MessageForm::kMime);
    CHECK(sparkpost()->remembers() == Milliseconds(0));
}

TEST_CASE("SparkPost: taken is what says one accepted, none rejected and an id") {
    ProviderAnswer taken = answer(200, kTaken);
    CHECK(taken.verdict == ProviderVerdict::kAccepted);
    CHECK(taken.reply.code == 200);
    CHECK(taken.reply.text == "id 11668787484950529");
}

TEST_CASE("SparkPost: a recipient that is rejected inside a success is refused, with its reason") {
    ProviderAnswer refused = answer(200, R"({
        "errors":[{"message":"transmission created, but with validation errors","code":"2000"}],
        "results":{"rcpt_to_errors":[{"message":"required field is missing",
                     "description":"address.email is required","code":"1400"}],
                   "total_rejected_recipients":1,"total_accepted_recipients":0,"id":"1"}})");
    CHECK(refused.verdict == ProviderVerdict::kRefused);
    CHECK(refused.reply.code == 422);
    CHECK(refused.reply.text == "1400 required field is missing: address.email is required");
}

TEST_CASE("SparkPost: a request without a good recipient is refused for what is wrong with it") {
    ProviderAnswer refused = answer(400, R"({
        "errors":[{"message":"At least one valid recipient is required","code":"5001"}],
        "results":{"rcpt_to_errors":[{"message":"invalid data format/type","code":"1300"}],
                   "total_rejected_recipients":1,"total_accepted_recipients":0}})");
    CHECK(refused.verdict == ProviderVerdict::kRefused);
    CHECK(refused.reply.code == 400);
    CHECK(refused.reply.text == "1300 invalid data format/type");
    CHECK(answer(400, error_of("5001", "At least one valid recipient is required")).verdict ==
          ProviderVerdict::kAccount);
}

TEST_CASE("SparkPost: a success that is not as documented is in doubt") {
    for (
        const char* body : {
            "",
            "null",
            "[]",
            "OK",
            "{}",
            R"({"results":[]})",
            R"({"results":{"id":"1"}})",
            R"({"results":{"total_accepted_recipients":1,"total_rejected_recipients":0}})",
            R"({"results":{"total_accepted_recipients":1,"total_rejected_recipients":0,"id":""}})",
            R"({"results":{"total_accepted_recipients":"1","total_rejected_recipients":0,"id":"1"}})",
            R"({"results":{"total_accepted_recipients":true,"total_rejected_recipients":0,"id":"1"}})",
            R"({"results":{"total_accepted_recipients":2,"total_rejected_recipients":0,"id":"1"}})",
            R"({"results":{"total_accepted_recipients":1,"total_rejected_recipients":1,"id":"1"}})",
            R"({"results":{"total_accepted_recipients":0,"total_rejected_recipients":0,"id":"1"}})",
        }) {
        CAPTURE(body);
        CHECK(answer(200, body).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(answer(202, kTaken).verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("SparkPost: documented refusals of a message or recipient") {
    ProviderAnswer refused = answer(
        400, error_of("1902", "Message generation rejected", "recipient address suppressed"));
    CHECK(refused.verdict == ProviderVerdict::kRefused);
    CHECK(refused.reply.code == 400);
    CHECK(refused.reply.text == "1902 Message generation rejected: recipient address suppressed");
    CHECK(answer(400, error_of("5002", "No valid recipients")).verdict ==
          ProviderVerdict::kRefused);
    CHECK(answer(422, error_of("1300", "invalid data format/type")).verdict ==
          ProviderVerdict::kRefused);
    CHECK(answer(413, "too large").verdict == ProviderVerdict::kRefused);
    CHECK(answer(422, R"({"errors":[{"message":"x","code":3020}]})").verdict ==
          ProviderVerdict::kRefused);  // the code as a number
}

TEST_CASE("SparkPost: what is wrong with the account stops the run") {
    for (auto [status, code] : std::initializer_list<std::pair<int, const char*>>{{400, "7001"},
                                                                                  {400, "7000"},
                                                                                  {420, "2101"},
                                                                                  {420, "2102"},
                                                                                  {420, "2103"},
                                                                                  {420, "2105"},
                                                                                  {401, "1303"},
                                                                                  {403, "1100"},
                                                                                  {404, "1101"},
                                                                                  {405, "1102"},
                                                                                  {422, "1301"},
                                                                                  {400, "9999"},
                                                                                  {402, ""}}) {
        CAPTURE(status);
        CAPTURE(code);
        CHECK(answer(status, error_of(code, "no")).verdict == ProviderVerdict::kAccount);
    }
    CHECK(answer(401, R"({"errors":[{"message":"Unauthorized."}]})").reply.text == "Unauthorized.");
    CHECK(answer(400, "<html>").verdict == ProviderVerdict::kAccount);
    CHECK(answer(307, "").verdict == ProviderVerdict::kAccount);
}

TEST_CASE("SparkPost: throttles and a server that is busy come later, other 5xx are in doubt") {
    CHECK(answer(429, R"({"errors":[{"message":"Too many requests"}]})").verdict ==
          ProviderVerdict::kThrottled);
    CHECK(answer(400, error_of("1502", "Server resources unavailable")).verdict ==
          ProviderVerdict::kLater);
    CHECK(answer(503, error_of("1900", "not available")).verdict == ProviderVerdict::kLater);
    for (int status : {500, 502, 504, 599}) {
        CHECK(answer(status, error_of("1902", "rejected")).verdict == ProviderVerdict::kUnclear);
    }
    CHECK(sparkpost()->pause_after(response(429, "", {{"retry-after", "7"}}), kNow) ==
          std::chrono::seconds(7));
}

TEST_CASE("SparkPost: no answer and no complaint holds the key") {
    const std::string echo = error_of("1100", std::string("bad key ") + kApiKey);
    CHECK(answer(403, echo).reply.text == "1100 bad key ***");
    Script script({response(403, echo)});
    auto [message, hint] = complaint(*sparkpost(), script);
    CHECK(message.find("SparkPost") != std::string::npos);
    CHECK((message + hint).find(kApiKey) == std::string::npos);
}

TEST_CASE("SparkPost: the probe looks at the sender's domain") {
    Script good({response(200, R"({"results":{"status":{"ownership_verified":true,
                                    "compliance_status":"valid"}}})")});
    CHECK(complaint(*sparkpost(), good).first.empty());
    REQUIRE(good.asked.size() == 1);
    CHECK(good.asked[0].method == "GET");
    CHECK(good.asked[0].url == "https://api.sparkpost.com/api/v1/sending-domains/harbour.example");
    CHECK(header_of(good.asked[0], "Authorization") == kApiKey);

    Script unverified({response(200, R"({"results":{"status":{"ownership_verified":false}}})")});
    CHECK(complaint(*sparkpost(), unverified).first ==
          "SparkPost has not verified the sending domain harbour.example");
    Script blocked({response(200, R"({"results":{"status":{"ownership_verified":true,
                                       "compliance_status":"blocked"}}})")});
    CHECK(complaint(*sparkpost(), blocked).first.find("blocked") != std::string::npos);
    Script unknown({response(404, error_of("1600", "resource not found"))});
    CHECK(complaint(*sparkpost(), unknown).first ==
          "SparkPost does not know the sending domain harbour.example");
    for (const char* body : {"", "[]", R"({"results":{"status":{"ownership_verified":"true"}}})"}) {
        Script odd({response(200, body)});
        CHECK_FALSE(complaint(*sparkpost(), odd).first.empty());
    }
}
