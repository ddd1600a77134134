#include "webhook/signatures.h"

#include <doctest/doctest.h>

#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kBody = R"([{"event":"bounce","email":"ann@one.example"}])";
const std::string kSecret = "whsec_" + base64(kSvixKey);

// A post each byte of whose body and headers is another, one at a time.
template <class Prove>
void check_every_altered_byte(const WebRequest& good, Prove&& prove) {
    CHECK(prove(good).good());
    for (std::size_t i = 0; i < good.body.size(); ++i) {
        WebRequest altered = good;
        altered.body[i] = static_cast<char>(altered.body[i] ^ 1);
        CAPTURE(i);
        CHECK(prove(altered).status == 401);
    }
    for (std::size_t header = 0; header < good.headers.size(); ++header) {
        for (std::size_t i = 0; i < good.headers[header].second.size(); ++i) {
            WebRequest altered = good;
            char& byte = altered.headers[header].second[i];
            byte = byte == '4' ? '5' : '4';
            CAPTURE(good.headers[header].first);
            CAPTURE(i);
            if (altered.headers != good.headers) CHECK(prove(altered).status == 401);
        }
    }
}

}  // namespace

TEST_CASE("SendGrid: one altered byte anywhere is a forgery") {
    const Signer signer = Signer::elliptic_curve();
    const std::string key = base64(signer.spki());
    check_every_altered_byte(sendgrid_post(signer, kBody), [&](const WebRequest& post) {
        return prove_sendgrid(post, key, kNow);
    });
    CHECK(prove_sendgrid(sendgrid_post(Signer::elliptic_curve(), kBody), key, kNow).refusal ==
          std::string("signature"));
    for (const std::string& wrong : {std::string(), std::string("no key"), base64("no key")}) {
        CHECK_FALSE(prove_sendgrid(sendgrid_post(signer, kBody), wrong, kNow).good());
    }
    CHECK_FALSE(prove_sendgrid(post(kBody), key, kNow).good());
}

TEST_CASE("a secret that no post can fit is told by its form, and is not repeated") {
    const std::string key = base64(Signer::elliptic_curve().spki());
    CHECK(fault_of_webhook_secret(ProviderKind::kSendgrid, key) == "");
    CHECK(fault_of_webhook_secret(ProviderKind::kResend, kSecret) == "");
    CHECK(fault_of_webhook_secret(ProviderKind::kPostmark, "hook:any") == "");
    for (ProviderKind provider : {ProviderKind::kSendgrid, ProviderKind::kResend}) {
        for (const std::string& wrong : {std::string(), std::string("what is this?")}) {
            const std::string fault = fault_of_webhook_secret(provider, wrong);
            CHECK_FALSE(fault.empty());
            CHECK(fault.find("what") == std::string::npos);
        }
    }
}

TEST_CASE("SendGrid: retries of a day are in time, older ones and the future's are not") {
    const Signer signer = Signer::elliptic_curve();
    auto prove = [&](Milliseconds after) {
        return std::string(
            prove_sendgrid(sendgrid_post(signer, kBody), base64(signer.spki()), kNow + after)
                .refusal);
    };
    CHECK(prove(std::chrono::hours(24)) == "");
    CHECK(prove(-std::chrono::minutes(4)) == "");
    CHECK(prove(std::chrono::hours(26)) == "time");
    CHECK(prove(-std::chrono::minutes(6)) == "time");
}

TEST_CASE("Svix: one altered byte anywhere is a forgery") {
    check_every_altered_byte(
        svix_post(kBody), [&](const WebRequest& post) { return prove_svix(post, kSecret, kNow); });
    CHECK_FALSE(prove_svix(svix_post(kBody), "whsec_" + base64("another"), kNow).good());
    CHECK_FALSE(prove_svix(svix_post(kBody, kNow, ""), "whsec_", kNow).good());
    CHECK_FALSE(prove_svix(post(kBody), kSecret, kNow).good());
}

TEST_CASE("Svix: one of several signatures suffices, and only version 1 counts") {
    WebRequest request = svix_post(kBody);
    const std::string good = request.headers.back().second;
    auto with = [&](const std::string& signatures) {
        request.headers.back().second = signatures;
        return prove_svix(request, kSecret, kNow).good();
    };
    CHECK(with("v1,AAAA " + good));
    CHECK(with(good + " v1,AAAA v2,x"));
    CHECK_FALSE(with("v1a," + good.substr(3)));
    CHECK_FALSE(with(good.substr(3)));
    CHECK_FALSE(with("v1, " + good.substr(3)));
}

TEST_CASE("Svix: five minutes, both ways") {
    auto prove = [&](Milliseconds after) {
        return std::string(prove_svix(svix_post(kBody), kSecret, kNow + after).refusal);
    };
    CHECK(prove(std::chrono::minutes(5)) == "");
    CHECK(prove(-std::chrono::minutes(5)) == "");
    CHECK(prove(std::chrono::minutes(5) + std::chrono::seconds(1)) == "time");
    CHECK(prove(-std::chrono::minutes(5) - std::chrono::seconds(1)) == "time");
}

TEST_CASE("what is no time in seconds") {
    CHECK(parse_unix_time("1800000000") == kNow);
    for (const char* wrong : {"", "-1", "+1", " 1", "1 ", "1.5", "0x1", "999999999999", "one"}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(parse_unix_time(wrong));
    }
}
