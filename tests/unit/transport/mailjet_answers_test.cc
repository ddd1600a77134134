#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::string reference(std::size_t i) {
    return std::string(30, static_cast<char>('a' + i)) + "-bbbbbbbbbbbbbb";
}

std::vector<Message> messages(std::size_t count) {
    std::vector<Message> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(parts_message("anna" + std::to_string(i) + "@riverside.example"));
        out.back().reference = reference(i);
    }
    return out;
}

Json success(const std::string& custom_id, std::uint64_t id = 70368744188491213u) {
    return {{"Status", "success"},
            {"CustomID", custom_id},
            {"To", Json::array({{{"Email", "anna@riverside.example"},
                                 {"MessageUUID", "5d4710f5"},
                                 {"MessageID", id}}})},
            {"Cc", Json::array()},
            {"Bcc", Json::array()}};
}

Json error(const std::string& code, int status = 400, const std::string& words = "no") {
    return {{"ErrorIdentifier", "88b5ca9f"},
            {"ErrorCode", code},
            {"StatusCode", status},
            {"ErrorMessage", words}};
}

// Of one error, or of whatever else stands for `Errors`.
Json failure(const Json& errors) {
    return {{"Status", "error"}, {"Errors", errors.is_object() ? Json::array({errors}) : errors}};
}

std::vector<ProviderAnswer> answers(int status, const Json& items, bool sandbox = false) {
    ProviderSetup with = setup(ProviderKind::kMailjet);
    with.sandbox = sandbox;
    auto provider = make_provider(with);
    auto out =
        answers_of(*provider, response(status, Json{{"Messages", items}}.dump()), messages(3));
    REQUIRE(out.size() == 3);
    return out;
}

ProviderAnswer first(int status, const Json& item) {
    return answers(status, {item, success(reference(1)), success(reference(2))})[0];
}

ProviderAnswer alone(int status, const std::string& body) {
    auto provider = make_provider(setup(ProviderKind::kMailjet));
    return answers_of(*provider, response(status, body), messages(1)).at(0);
}

ProviderVerdict of_all(int status, const std::string& body) {
    auto provider = make_provider(setup(ProviderKind::kMailjet));
    auto out = answers_of(*provider, response(status, body), messages(3));
    REQUIRE(out.size() == 3);
    CHECK(out[1].verdict == out[0].verdict);
    CHECK(out[2].verdict == out[0].verdict);
    return out[0].verdict;
}

}  // namespace

TEST_CASE("Mailjet: every success is taken, and its id keeps all its digits") {
    auto out = answers(200, {success(reference(0), 18446744073709551615u), success(reference(1)),
                             success(reference(2), 9007199254740993u)});
    CHECK(out[0].verdict == ProviderVerdict::kAccepted);
    CHECK(out[0].reply.code == 200);
    CHECK(out[0].reply.text == "id 18446744073709551615");
    CHECK(out[1].reply.text == "id 70368744188491213");
    CHECK(out[2].reply.text == "id 9007199254740993");
}

TEST_CASE("Mailjet: the good mails of a 4xx are taken, the bad one is refused with its reason") {
    auto out = answers(
        400, {success(reference(0)), failure(error("mj-0013", 400, "\"x\" is an invalid address.")),
              success(reference(2))});
    CHECK(out[0].verdict == ProviderVerdict::kAccepted);
    CHECK(out[1].verdict == ProviderVerdict::kRefused);
    CHECK(out[1].reply.code == 400);
    CHECK(out[1].reply.text == "mj-0013 \"x\" is an invalid address.");
    CHECK(out[2].verdict == ProviderVerdict::kAccepted);
}

TEST_CASE("Mailjet: an error that concerns the account stops the run, whatever stands beside it") {
    for (const char* code : {"send-0006", "send-0007", "send-0008", "mj-0001", "mj-0015"}) {
        CAPTURE(code);
        ProviderAnswer stopped = first(403, failure({error("mj-0006"), error(code, 403, "From")}));
        CHECK(stopped.verdict == ProviderVerdict::kAccount);
        CHECK(stopped.reply.text == std::string(code) + " From");
    }
    CHECK(first(400, failure(error("unheard-of"))).verdict == ProviderVerdict::kAccount);
    CHECK(first(400, failure(error("mj-0013", 401))).verdict == ProviderVerdict::kAccount);
}

TEST_CASE("Mailjet: an error about the sender is no recipient's fault") {
    Json bad = error("mj-0013");
    for (const char* place : {"From.Email", "From", "ReplyTo.Email"}) {
        bad["ErrorRelatedTo"] = {place};
        CHECK(first(400, failure(bad)).verdict == ProviderVerdict::kAccount);
    }
    for (const Json& places : {Json{"To[0].Email"}, Json::array(), Json("From"), Json(nullptr)}) {
        bad["ErrorRelatedTo"] = places;
        CHECK(first(400, failure(bad)).verdict == ProviderVerdict::kRefused);
    }
}

TEST_CASE("Mailjet: errors inside a message that are a throttle, a 5xx or nothing known") {
    CHECK(first(400, failure(error("mj-0099", 429))).verdict == ProviderVerdict::kThrottled);
    CHECK(first(400, failure(error("mj-0099", 500))).verdict == ProviderVerdict::kUnclear);
    CHECK(first(400, failure(error("mj-0013", 0))).verdict == ProviderVerdict::kUnclear);
    CHECK(first(400, failure(Json::array())).verdict == ProviderVerdict::kUnclear);
    CHECK(first(400, failure("mj-0013")).verdict == ProviderVerdict::kUnclear);
    CHECK(first(200, {{"Status", "maybe"}, {"Errors", {error("mj-0013")}}}).verdict ==
          ProviderVerdict::kUnclear);
    CHECK(first(200, nullptr).verdict == ProviderVerdict::kUnclear);
    CHECK(first(200, Json::object()).verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("Mailjet: a success without an id is in doubt, but for the sandbox") {
    Json item = success(reference(0));
    for (const Json& to : {Json::array(), Json(nullptr), Json::array({Json::object()}),
                           Json::array({{{"MessageID", ""}}}), Json::array({{{"MessageID", 1.5}}}),
                           Json::array({{{"MessageID", 1}}, {{"MessageID", 2}}})}) {
        CAPTURE(to.dump());
        item["To"] = to;
        CHECK(first(200, item).verdict == ProviderVerdict::kUnclear);
    }
    Json dropped = success(reference(0));
    dropped["To"] = Json::array({{{"Email", "anna@riverside.example"}}});
    auto out = answers(200, {dropped, success(reference(1)), success(reference(2))}, true);
    CHECK(out[0].verdict == ProviderVerdict::kAccepted);
}

TEST_CASE(
    "Mailjet: where the order is not the request's, a CustomID that stands once is believed") {
    auto swapped = answers(
        200, {success(reference(1), 11), success(reference(0), 10), success(reference(2), 12)});
    CHECK(swapped[0].reply.text == "id 10");
    CHECK(swapped[1].reply.text == "id 11");
    CHECK(swapped[2].reply.text == "id 12");

    auto doubled = answers(
        200, {success(reference(0), 10), success(reference(0), 11), success(reference(2), 12)});
    CHECK(doubled[0].verdict == ProviderVerdict::kUnclear);
    CHECK(doubled[1].verdict == ProviderVerdict::kUnclear);
    CHECK(doubled[1].reply.text == "the answer does not fit the request");
    CHECK(doubled[2].reply.text == "id 12");
}

TEST_CASE("Mailjet: too few or too many items leave only what is named certain") {
    auto few = answers(200, {success(reference(2), 12), failure(error("mj-0013"))});
    CHECK(few[0].verdict == ProviderVerdict::kUnclear);
    CHECK(few[1].verdict == ProviderVerdict::kUnclear);
    CHECK(few[2].verdict == ProviderVerdict::kAccepted);
    auto many = answers(
        200, {success(reference(0)), success(reference(1)), success(reference(2)), success("")});
    CHECK(many[0].verdict == ProviderVerdict::kAccepted);
    CHECK(many[2].verdict == ProviderVerdict::kAccepted);
    auto none = answers(200, Json::array());
    CHECK(none[1].verdict == ProviderVerdict::kUnclear);
}

TEST_CASE("Mailjet: proofs have no CustomID and go by the order") {
    auto provider = make_provider(setup(ProviderKind::kMailjet));
    auto proofs = messages(2);
    for (Message& proof : proofs) proof.reference.clear();
    const Json items = {success("", 10), success("", 11)};
    auto out = answers_of(*provider, response(200, Json{{"Messages", items}}.dump()), proofs);
    CHECK(out.at(0).reply.text == "id 10");
    CHECK(out.at(1).reply.text == "id 11");
}

TEST_CASE("Mailjet: a request that is refused as a whole is its one mail's, or stops the run") {
    const std::string too_large = error("mj-0011", 400, "too large").dump();
    ProviderAnswer refused = alone(400, too_large);
    CHECK(refused.verdict == ProviderVerdict::kRefused);
    CHECK(refused.reply.text == "mj-0011 too large");
    CHECK(of_all(400, too_large) == ProviderVerdict::kAccount);
    CHECK(alone(400, error("mj-0002").dump()).verdict == ProviderVerdict::kAccount);
    CHECK(alone(400, error("send-0008", 403).dump()).verdict == ProviderVerdict::kAccount);
    CHECK(of_all(401, error("mj-0015", 401).dump()) == ProviderVerdict::kAccount);
    CHECK(of_all(400, "garbage") == ProviderVerdict::kAccount);
    for (int status : {301, 401, 403, 404, 405})
        CHECK(of_all(status, "") == ProviderVerdict::kAccount);
}

TEST_CASE("Mailjet: garbage, throttles and 5xx, whatever stands in them") {
    for (const char* body : {"", "OK", "[]", "{}", R"({"Messages":{}})", R"({"Messages":"x"})"}) {
        CAPTURE(body);
        CHECK(of_all(200, body) == ProviderVerdict::kUnclear);
    }
    CHECK(of_all(429, "") == ProviderVerdict::kThrottled);
    CHECK(of_all(503, "") == ProviderVerdict::kLater);
    const Json taken = {
        {"Messages", {success(reference(0)), success(reference(1)), success(reference(2))}}};
    for (int status : {500, 502, 504}) {
        CHECK(of_all(status, taken.dump()) == ProviderVerdict::kUnclear);
        CHECK(of_all(status, error("mj-0013").dump()) == ProviderVerdict::kUnclear);
    }
    CHECK(of_all(201, taken.dump()) == ProviderVerdict::kUnclear);
}

TEST_CASE("Mailjet: no answer holds a key") {
    ProviderAnswer told =
        alone(401, error("mj-0015", 401, std::string(kApiKey) + ":" + kSecretKey).dump());
    CHECK(told.reply.text.find(kApiKey) == std::string::npos);
    CHECK(told.reply.text.find(kSecretKey) == std::string::npos);
    auto out = first(400, failure(error("mj-0013", 400, kSecretKey)));
    CHECK(out.reply.text == "mj-0013 ***");
}
