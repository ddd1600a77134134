#include <doctest/doctest.h>

#include "transport/provider/json_body.h"
#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> postmark() {
    return make_postmark(setup(ProviderKind::kPostmark));
}

std::vector<Message> messages(std::size_t count) {
    std::vector<Message> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(parts_message("person" + std::to_string(i) + "@riverside.example"));
    }
    return out;
}

std::vector<ProviderAnswer> answers(const HttpResponse& told, std::size_t count) {
    auto all = answers_of(*postmark(), told, messages(count));
    REQUIRE(all.size() == count);
    return all;
}

Json item(int code, const std::string& words) {
    return {{"ErrorCode", code}, {"Message", words}};
}

Json accepted(const std::string& id) {
    Json out = item(0, "OK");
    out["MessageID"] = id;
    out["SubmittedAt"] = "2026-11-23T19:00:00Z";
    out["To"] = "x@riverside.example";
    return out;
}

// The answer to one message whose item is this.
ProviderAnswer one(const Json& item) {
    return answers(response(200, Json::array({item}).dump()), 1).front();
}

// ... and to a request that is refused as a whole.
ProviderVerdict whole(int status, const std::string& body, std::size_t count = 1) {
    auto all = answers(response(status, body), count);
    for (const ProviderAnswer& answer : all) CHECK(answer.verdict == all.front().verdict);
    return all.front().verdict;
}

}  // namespace

TEST_CASE("Postmark: a batch of one") {
    HttpRequest made = request_of(*postmark(), {parts_message()});
    CHECK(made.method == "POST");
    CHECK(made.url == "https://api.postmarkapp.com/email/batch");
    CHECK(header_of(made, "X-Postmark-Server-Token") == kApiKey);
    CHECK(header_of(made, "Content-Type") == "application/json");
    CHECK(header_of(made, "Accept") == "application/json");
    CHECK(Json::parse(made.body) == Json::parse(R"([{
        "From": "\"Reem, Mark and the team\" <campaigns@harbour.example>",
        "To": "anna@riverside.example",
        "ReplyTo": "reem@harbour.example",
        "Subject": "Nachtbusse für alle",
        "TextBody": "Guten Tag\n\"Umlaute\": ä\n",
        "HtmlBody": "<p>Guten Tag</p>",
        "MessageStream": "broadcast",
        "Tag": "night-buses",
        "Metadata": {"tocsin": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbb",
                     "campaign": "night-buses"},
        "TrackOpens": false,
        "TrackLinks": "None",
        "Headers": [
            {"Name": "Message-ID", "Value": "<abc123@harbour.example>"},
            {"Name": "X-PM-KeepID", "Value": "true"},
            {"Name": "List-Id", "Value": "<all.harbour.example>"},
            {"Name": "List-Unsubscribe", "Value": "<https://leave.harbour.example/u/1>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
            {"Name": "Feedback-ID", "Value": "night-buses:all:bulk:harbourexample"},
            {"Name": "Precedence", "Value": "bulk"}]
    }])"));
}

TEST_CASE("Postmark: a batch keeps the order, its stream and its attachments") {
    ProviderSetup given = setup(ProviderKind::kPostmark);
    given.settings.stream = "letters";
    given.settings.endpoint = "http://127.0.0.1:4010";
    Draft with_file = draft("anna@riverside.example");
    with_file.attachments = {{"flyer.pdf", "application/pdf", "%PDF-1.7"}};
    with_file.text.clear();
    Message proof = parts_message("proof@riverside.example");
    proof.reference.clear();
    proof.campaign.clear();
    HttpRequest made = request_of(*make_postmark(given),
                                  {parts_message("anna@riverside.example", with_file), proof});
    CHECK(made.url == "http://127.0.0.1:4010/email/batch");
    Json batch = Json::parse(made.body);
    REQUIRE(batch.size() == 2);
    CHECK(batch[0].at("To") == "anna@riverside.example");
    CHECK(batch[0].at("MessageStream") == "letters");
    CHECK_FALSE(batch[0].contains("TextBody"));
    CHECK(batch[0].at("Attachments") ==
          Json::parse(R"([{"Name": "flyer.pdf", "Content": "JVBERi0xLjc=",
                           "ContentType": "application/pdf"}])"));
    CHECK(batch[1].at("To") == "proof@riverside.example");
    CHECK_FALSE(batch[1].contains("Tag"));
    CHECK_FALSE(batch[1].contains("Metadata"));
    CHECK(postmark()->most_messages() == 500);
}

TEST_CASE("Postmark: a sandbox uses the token for tests") {
    ProviderSetup given = setup(ProviderKind::kPostmark);
    given.sandbox = true;
    CHECK(header_of(request_of(*make_postmark(given), {parts_message()}),
                    "X-Postmark-Server-Token") == "POSTMARK_API_TEST");
}

TEST_CASE("Postmark: what it cannot take") {
    auto fault = [](void (*change)(Draft&)) {
        Draft given = draft("anna@riverside.example");
        change(given);
        return postmark()->fault(parts_message("anna@riverside.example", given));
    };
    CHECK(fault([](Draft&) {}) == "");
    CHECK(fault([](Draft& d) { d.text.clear(), d.html.clear(); }) ==
          "Postmark takes no message without a text");
    CHECK(fault([](Draft& d) { d.html.assign(5'000'001, 'a'); }).find("takes 5,000,000") !=
          std::string::npos);
    const std::string file(8'000'000, 'a');
    Draft large = draft("anna@riverside.example");
    large.attachments = {{"a.pdf", "application/pdf", file}};
    CHECK(postmark()
              ->fault(parts_message("anna@riverside.example", large))
              .find("takes 10,000,000") != std::string::npos);
    CHECK(postmark()->fault(parts_message("jürgen@riverside.example")).find("beyond ASCII") !=
          std::string::npos);
}

TEST_CASE("Postmark: each message of a batch has its own answer") {
    Json batch = {accepted("id-0"), item(406, "inactive recipient"), accepted("id-2"),
                  item(429, "slow down"), item(100, "maintenance")};
    auto all = answers(response(200, batch.dump()), 5);
    CHECK(all[0].verdict == ProviderVerdict::kAccepted);
    CHECK(all[0].reply.line() == "200 id id-0");
    CHECK(all[1].verdict == ProviderVerdict::kRefused);
    CHECK(all[1].reply.line() == "422 406 inactive recipient");
    CHECK(all[2].reply.line() == "200 id id-2");
    CHECK(all[3].verdict == ProviderVerdict::kThrottled);
    CHECK(all[3].reply.line() == "429 429 slow down");
    CHECK(all[4].verdict == ProviderVerdict::kLater);
    CHECK(all[4].reply.line() == "503 100 maintenance");
}

TEST_CASE("Postmark: codes of the message refuse it, and those of the account stop") {
    using Verdict = ProviderVerdict;
    for (int code : {300, 403, 406, 411}) CHECK(one(item(code, "no")).verdict == Verdict::kRefused);
    CHECK(one(item(300, "Error parsing 'To': Illegal email address")).verdict == Verdict::kRefused);
    for (const char* words : {"Invalid 'From' address: 'x'.", "Error parsing 'ReplyTo'",
                              "The Sender Signature is not confirmed"}) {
        CHECK(one(item(300, words)).verdict == Verdict::kAccount);
    }
    for (int code : {10, 400, 401, 402, 405, 409, 410, 412, 413, 500, 1235, -1, 999999}) {
        CHECK(one(item(code, "no")).verdict == Verdict::kAccount);
    }
}

TEST_CASE("Postmark: an item that makes no sense is unclear, and only that one") {
    for (const Json& bad : {Json(nullptr), Json("OK"), Json::object(), Json::array(),
                            Json({{"ErrorCode", "0"}, {"MessageID", "x"}}),
                            Json({{"ErrorCode", 0}}), Json({{"ErrorCode", 0}, {"MessageID", ""}}),
                            Json({{"ErrorCode", 0}, {"MessageID", Json::object()}}),
                            Json({{"ErrorCode", 0.0}, {"MessageID", "x"}})}) {
        CAPTURE(bad.dump());
        auto all = answers(response(200, Json::array({accepted("a"), bad}).dump()), 2);
        CHECK(all[0].verdict == ProviderVerdict::kAccepted);
        CHECK(all[1].verdict == ProviderVerdict::kUnclear);
        CHECK(all[1].reply.code == 200);
    }
}

TEST_CASE("Postmark: another number of answers than of messages leaves all unclear") {
    const std::string one_item = Json::array({accepted("a")}).dump();
    CHECK(whole(200, one_item, 2) == ProviderVerdict::kUnclear);
    CHECK(whole(200, "[]", 1) == ProviderVerdict::kUnclear);
    CHECK(whole(200, Json::array({accepted("a"), accepted("b")}).dump(), 1) ==
          ProviderVerdict::kUnclear);
    CHECK(whole(200, accepted("a").dump(), 1) == ProviderVerdict::kUnclear);
    CHECK(whole(200, "garbage", 3) == ProviderVerdict::kUnclear);
    CHECK(whole(201, one_item, 1) == ProviderVerdict::kUnclear);
}

TEST_CASE("Postmark: a request that is refused as a whole") {
    using Verdict = ProviderVerdict;
    CHECK(whole(422, item(406, "inactive").dump()) == Verdict::kRefused);
    // Which of the two?
    CHECK(whole(422, item(406, "inactive").dump(), 2) == Verdict::kAccount);
    CHECK(whole(422, item(405, "not allowed to send").dump()) == Verdict::kAccount);
    CHECK(whole(422, item(100, "maintenance").dump()) == Verdict::kLater);
    CHECK(whole(422, "garbage") == Verdict::kAccount);
    CHECK(whole(401, item(10, "bad token").dump(), 3) == Verdict::kAccount);
    CHECK(whole(403, "<html>403</html>") == Verdict::kAccount);
    CHECK(whole(404, "") == Verdict::kAccount);
    CHECK(whole(302, "") == Verdict::kAccount);
    CHECK(whole(413, "") == Verdict::kRefused);
    CHECK(whole(413, "", 2) == Verdict::kAccount);
    CHECK(whole(429, "", 2) == Verdict::kThrottled);
    CHECK(whole(500, item(406, "inactive").dump()) == Verdict::kUnclear);
    CHECK(whole(502, "", 2) == Verdict::kUnclear);
    CHECK(whole(503, "") == Verdict::kLater);
    CHECK(answers(response(401, item(10, "bad token").dump()), 1)[0].reply.line() ==
          "401 10 bad token");
}

TEST_CASE("Postmark: a probe asks for the server and the stream") {
    Script good({response(200, R"({"ID":1,"DeliveryType":"Live"})"),
                 response(200, R"({"ID":"broadcast","ArchivedAt":null})")});
    CHECK(complaint(*postmark(), good).first == "");
    REQUIRE(good.asked.size() == 2);
    CHECK(good.asked[0].url == "https://api.postmarkapp.com/server");
    CHECK(header_of(good.asked[0], "X-Postmark-Server-Token") == kApiKey);
    CHECK(good.asked[1].url == "https://api.postmarkapp.com/message-streams/broadcast");

    auto told = [](std::deque<HttpResponse> replies) {
        Script script(std::move(replies));
        return complaint(*postmark(), script).first;
    };
    const std::string live = R"({"DeliveryType":"Live"})";
    CHECK(told({response(401, item(10, "bad token").dump())}) ==
          "Postmark refuses the key: 401 10 bad token");
    CHECK(told({response(200, R"({"DeliveryType":"Sandbox"})")}) ==
          "Postmark says that this server is a sandbox: it delivers nothing");
    CHECK(told({response(200, live), response(404, item(1226, "not found").dump())}) ==
          "Postmark has no message stream broadcast in use on this server");
    CHECK(told({response(200, live), response(200, R"({"ArchivedAt":"2026-01-01T00:00:00Z"})")}) ==
          "Postmark has no message stream broadcast in use on this server");
    CHECK(told({response(200, live), response(500, "")}) == "Postmark answers 500");
    // A server that stands in for Postmark knows no streams.
    CHECK(told({response(200, live), response(404, "Not found")}) == "");
    CHECK(told({response(200, "garbage")}) == "Postmark answers something else than JSON");
}
