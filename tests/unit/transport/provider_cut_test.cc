// Answers that a broken connection cut short, of providers whose answers are JSON.
#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

struct Success {
    ProviderKind kind;
    int status;
    std::size_t messages;
    const char* body;
};

const Success kSuccesses[] = {
    {ProviderKind::kSparkpost, 200, 1,
     R"({"results":{"total_rejected_recipients":0,"total_accepted_recipients":1,"id":"116"}})"},
    {ProviderKind::kBrevo, 201, 1, R"({"messageId":"<2026.1@smtp-relay.mailin.fr>"})"},
    {ProviderKind::kResend, 200, 1, R"({"id":"49a3999c"})"},
    {ProviderKind::kResend, 200, 2, R"({"data":[{"id":"49a3999c"},{"id":"c11a2b12"}]})"},
    {ProviderKind::kMailjet, 200, 1,
     R"({"Messages":[{"Status":"success","CustomID":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbb",
        "To":[{"Email":"anna@riverside.example","MessageID":70368744188491213}]}]})"},
};

std::vector<ProviderAnswer> answers_to(const Success& success, const std::string& body) {
    auto provider = make_provider(setup(success.kind));
    std::vector<Message> messages(success.messages, parts_message());
    auto out = answers_of(*provider, response(success.status, body), messages);
    REQUIRE(out.size() == messages.size());
    return out;
}

}  // namespace

TEST_CASE("an answer that is cut anywhere is in doubt, and never taken for a success") {
    for (const Success& success : kSuccesses) {
        const std::string whole = success.body;
        for (const ProviderAnswer& answer : answers_to(success, whole)) {
            CHECK(answer.verdict == ProviderVerdict::kAccepted);
        }
        for (std::size_t length = 0; length < whole.size(); ++length) {
            for (const ProviderAnswer& answer : answers_to(success, whole.substr(0, length))) {
                CAPTURE(length);
                CHECK(answer.verdict == ProviderVerdict::kUnclear);
            }
        }
    }
}
