#include "webhook/sns.h"

#include <doctest/doctest.h>

#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr std::chrono::hours kDay{24};

struct Kept : CertificateSource {
    std::optional<std::string> pem;
    std::vector<std::string> asked;
    std::optional<std::string> certificate(const std::string& url) override {
        asked.push_back(url);
        return pem;
    }
};

struct Sns {
    Signer signer = Signer::rsa();
    Kept certificates;
    std::vector<WebhookAccount> accounts = {{ProviderKind::kSendgrid, "x", {}, ""},
                                            {ProviderKind::kSes, "", {"arn:other", kTopic}, ""}};
    Sns() { certificates.pem = signer.certificate(kNow - kDay, kNow + kDay); }

    WebhookProof prove(const std::string& body, WallTime now = kNow) {
        auto message = SnsMessage::parse(body);
        if (!message) return {400, "malformed"};
        const WebhookAccount* account = nullptr;
        return prove_sns(*message, accounts, certificates, now, account);
    }
    std::string refusal(const nlohmann::json& fields, WallTime now = kNow) {
        return std::string(prove(sns_body(signer, fields), now).refusal);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Sns, "both versions of the signature, and every field of it altered") {
    for (const char* version : {"1", "2"}) {
        auto fields = sns_fields("the message");
        fields["SignatureVersion"] = version;
        fields["Subject"] = "a subject";
        const auto good = nlohmann::json::parse(sns_body(signer, fields));
        CHECK(prove(good.dump()).good());
        for (const char* name : {"Message", "MessageId", "Subject", "Signature"}) {
            const std::string text = good[name];
            for (std::size_t i = 0; i < text.size(); i += name[0] == 'S' ? 5 : 1) {
                auto altered = good;
                std::string other = text;
                other[i] = other[i] == 'a' ? 'b' : 'a';
                altered[name] = other;
                CAPTURE(std::string(name));
                CAPTURE(other);
                CHECK(prove(altered.dump()).status == 401);
            }
            auto without = good;
            without.erase(name);
            CHECK(prove(without.dump()).status == 401);
        }
        auto other_version = good;
        other_version["SignatureVersion"] = version == std::string("1") ? "2" : "1";
        CHECK(prove(other_version.dump()).status == 401);
        auto other_type = good;
        other_type["Type"] = "SubscriptionConfirmation";
        CHECK(prove(other_type.dump()).status == 401);
    }
}

TEST_CASE_FIXTURE(Sns, "the key of somebody else's certificate") {
    certificates.pem = Signer::rsa().certificate(kNow - kDay, kNow + kDay);
    CHECK(refusal(sns_fields("m")) == "signature");
    certificates.pem = signer.certificate(kNow - kDay, kNow - std::chrono::hours(1));
    CHECK(refusal(sns_fields("m")) == "certificate");
    certificates.pem = "no certificate";
    CHECK(refusal(sns_fields("m")) == "certificate");
    certificates.pem.reset();
    CHECK(prove(sns_body(signer, sns_fields("m"))).status == 503);
}

TEST_CASE_FIXTURE(Sns, "nothing is fetched for a topic, a time or a URL that is not ours to take") {
    auto fields = sns_fields("m");
    fields["TopicArn"] = kTopic + "2";
    CHECK(refusal(fields) == "topic");
    fields.erase("TopicArn");
    CHECK(refusal(fields) == "topic");
    CHECK(refusal(sns_fields("m", kNow - std::chrono::hours(26))) == "time");
    CHECK(refusal(sns_fields("m", kNow + std::chrono::minutes(6))) == "time");
    fields = sns_fields("m");
    fields["Timestamp"] = "yesterday";
    CHECK(refusal(fields) == "time");
    for (const char* url :
         {"", "http://sns.eu-west-1.amazonaws.com/a.pem", "https://sns.eu-west-1.amazonaws.com/a",
          "https://sns.eu-west-1.amazonaws.com/a.pem?x=.pem", "https://evil.example/a.pem",
          "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem",
          "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem",
          "https://evil.example/sns.eu-west-1.amazonaws.com/a.pem",
          "https://sns.eu-west-1.amazonaws.com:444/a.pem", "https://sns.x.eu.amazonaws.com/a.pem",
          "https://sns.eu.amazonaws.com/a.pem", "https://sns..amazonaws.com/a.pem",
          "https://xsns.eu-west-1.amazonaws.com/a.pem",
          "https://sns.eu-west-1.amazonaws.comx/a.pem", "https://sns.eu-west-1.amazonaws.com",
          "https://sns.eu-west-1.amazonaws.com#/a.pem", "https://sns.eu-west-1.amazonaws.com\\.pem",
          "http://127.0.0.1:8080/a.pem", "file:///etc/a.pem"}) {
        fields = sns_fields("m");
        fields["SigningCertURL"] = url;
        CAPTURE(std::string(url));
        CHECK(refusal(fields) == "certificate");
    }
    CHECK(certificates.asked.empty());
    accounts.clear();
    CHECK(refusal(sns_fields("m")) == "topic");
}

TEST_CASE("SNS's hosts, and those of a stand-in on the loopback alone") {
    CHECK(is_of_sns("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=x", ""));
    CHECK(is_of_sns("https://sns.cn-north-1.amazonaws.com.cn/x", ""));
    const std::string local = "http://127.0.0.1:4566";
    CHECK(is_of_sns(local + "/x", local));
    CHECK(is_of_sns(local + "/x", local + "/"));
    CHECK_FALSE(is_of_sns("http://127.0.0.1:45667/x", local));
    CHECK_FALSE(is_of_sns("http://127.0.0.1:4566@evil.example/x", local));
    CHECK_FALSE(is_of_sns("http://evil.example/x", "http://evil.example"));
    CHECK_FALSE(is_of_sns("https://evil.example/x", "https://evil.example"));
    CHECK_FALSE(is_of_sns("http://127.0.0.1.evil.example/x", "http://127.0.0.1.evil.example"));
    CHECK_FALSE(is_of_sns("https://sns.eu-west-1.amazonaws.com/\n", ""));
}
