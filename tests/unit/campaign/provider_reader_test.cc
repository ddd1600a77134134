// Transports that are a provider's API.
#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::WorkspaceFolder;

constexpr const char* kKeys = "access_key: {env: A}, secret_key: {env: S}";

// "severity id" of what is found for a transport of this type with these keys.
std::string found(const std::string& settings) {
    WorkspaceFolder folder;
    Findings findings;
    folder.config("transports:\n  t: {type: " + settings + "}\n", findings);
    std::string all;
    for (const Finding& finding : findings.all()) {
        if (!all.empty()) all += ", ";
        all += (finding.severity == Severity::kError ? "error " : "warning ") + finding.id;
    }
    return all;
}

ProviderSettings read(const std::string& settings) {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config("transports:\n  t: {type: " + settings + "}\n", findings);
    INFO(testing::report(findings));
    REQUIRE(workspace);
    return std::get<ProviderSettings>(workspace->transports.at("t").settings);
}

}  // namespace

TEST_CASE("each provider by its word, with the keys that it needs") {
    for (const char* name : {"sendgrid", "postmark", "sparkpost", "brevo", "resend"}) {
        CAPTURE(std::string(name));
        CHECK(found(name) == "error missing-key");
        ProviderSettings settings = read(std::string(name) + ", api_key: {env: KEY}");
        CHECK(tocsin::name(settings.kind) == name);
        CHECK(settings.api_key->value == "KEY");
        CHECK(settings.connections == 10);
        CHECK(settings.batch == default_batch(settings.kind));
        CHECK(settings.endpoint.empty());
    }
    CHECK(found("mailgun, api_key: {env: KEY}") == "error missing-key");
    CHECK(read("mailgun, api_key: {env: KEY}, domain: M.harbour.example").domain ==
          "m.harbour.example");
    CHECK(found("mailjet, api_key: {env: KEY}") == "error missing-key");
    CHECK(read("mailjet, api_key: {env: P}, secret_key: {env: S}").secret_key->value == "S");
    CHECK(found(std::string("ses, ") + kKeys) == "error missing-key");
}

TEST_CASE("all that can be said of an account at Amazon SES") {
    ProviderSettings ses = read(std::string("ses, region: eu-west-1, ") + kKeys +
                                ", session_token: {env: T}, configuration_set: events, topics: "
                                "[\"arn:aws:sns:eu-west-1:123456789012:bounces\"]");
    CHECK(ses.region == "eu-west-1");
    CHECK(ses.api_key->value == "A");
    CHECK(ses.secret_key->value == "S");
    CHECK(ses.session_token->value == "T");
    CHECK(ses.configuration_set == "events");
    CHECK(ses.topics == std::vector<std::string>{"arn:aws:sns:eu-west-1:123456789012:bounces"});
    CHECK(ses.batch == 1);
    const std::string begin = std::string("ses, ") + kKeys;
    CHECK(found(begin + ", region: EU/west") == "error bad-region");
    CHECK(found(begin + ", region: x@-e-vil") == "error bad-region");
    CHECK(found(begin + ", region: eu-west-1, topics: [bounces]") == "error bad-topic");
    CHECK(found(begin + ", region: eu-west-1, webhook_secret: {env: W}") == "error unknown-key");
}

TEST_CASE("a secret is never a literal, and a key of another provider is unknown") {
    CHECK(found("sendgrid, api_key: SG.abc") != "");
    CHECK(found("sendgrid, api_key: {env: A}, stream: x") == "error unknown-key");
    CHECK(found("postmark, api_key: {env: A}, region: eu") == "error unknown-key");
    CHECK(found("sendgrid, api_key: {env: A}, dkim: []") == "error unknown-key");
}

TEST_CASE("regions are those that the provider has") {
    CHECK(read("sendgrid, api_key: {env: A}, region: eu").region == "eu");
    CHECK(found("sendgrid, api_key: {env: A}, region: us") == "error unknown-value");
    CHECK(read("mailgun, api_key: {env: A}, domain: m.example, region: eu").region == "eu");
    CHECK(found("sparkpost, api_key: {env: A}, region: asia") == "error unknown-value");
}

TEST_CASE("an endpoint is https, but on this machine") {
    auto endpoint = [](const std::string& url) {
        return "postmark, api_key: {env: A}, endpoint: \"" + url + "\"";
    };
    CHECK(read(endpoint("https://mail.harbour.example/")).endpoint ==
          "https://mail.harbour.example");
    CHECK(read(endpoint("http://127.0.0.1:8005")).endpoint == "http://127.0.0.1:8005");
    for (const char* url : {"http://mail.harbour.example", "https://key@mail.harbour.example",
                            "mail.harbour.example", "https://mail.harbour.example?x",
                            "https://mail.harbour.example:99999", "ftp://a.example"}) {
        CAPTURE(std::string(url));
        CHECK(found(endpoint(url)) == "error bad-url");
    }
}

TEST_CASE("a batch is at most what the provider takes, and a larger one is warned of") {
    CHECK(read("postmark, api_key: {env: A}").batch == 20);
    CHECK(read("postmark, api_key: {env: A}, batch: 500").batch == 500);
    CHECK(read("resend, api_key: {env: A}").batch == 100);
    CHECK(read("mailjet, api_key: {env: A}, secret_key: {env: S}, batch: 7").batch == 7);
    CHECK(found("postmark, api_key: {env: A}, batch: 501") == "warning large-batch");
    CHECK(read("postmark, api_key: {env: A}, batch: 501").batch == 500);
    CHECK(found("sendgrid, api_key: {env: A}, batch: 10") == "warning large-batch");
    CHECK(read("sendgrid, api_key: {env: A}, batch: 10").batch == 1);
    CHECK(found("postmark, api_key: {env: A}, batch: 0") == "error out-of-range");
}

TEST_CASE("limits are those of every transport") {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config(
        "transports:\n  t: {type: resend, api_key: {env: A}, rate: 2/s, connections: 3, "
        "give_up_after: 6 hours, domains: {gmail.com: {rate: 1/s}}}\n",
        findings);
    REQUIRE(workspace);
    const TransportDefinition& definition = workspace->transports.at("t");
    CHECK(definition.limits.rates == Rates{{2, std::chrono::seconds(1)}});
    CHECK(definition.limits.give_up_after == std::chrono::hours(6));
    CHECK(definition.limits.domains.size() == 1);
    CHECK(std::get<ProviderSettings>(definition.settings).connections == 3);
}

}  // namespace tocsin
