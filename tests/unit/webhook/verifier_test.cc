#include "webhook/verifier.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr std::chrono::hours kDay{24};
using Kind = ProviderKind;

struct Accounts {
    ManualClock clock{kNow};
    Signer curve = Signer::elliptic_curve(), rsa = Signer::rsa();
    std::vector<std::string> fetched;
    int status = 200;
    Verifier verifier{{{Kind::kSendgrid, base64(Signer::elliptic_curve().spki()), {}, ""},
                       {Kind::kSendgrid, base64(curve.spki()), {}, ""},
                       {Kind::kMailgun, "key-1", {}, ""},
                       {Kind::kResend, "whsec_" + base64(kSvixKey), {}, ""},
                       {Kind::kPostmark, "hook:one", {}, ""},
                       {Kind::kPostmark, "hook:two", {}, ""},
                       {Kind::kSes, "", {kTopic}, ""}},
                      [this](const HttpRequest& request) { return fetch(request); },
                      clock};

    HttpResponse fetch(const HttpRequest& request) {
        fetched.push_back(request.url);
        if (status == 0) throw Unavailable("no connection");
        return {status, {}, rsa.certificate(kNow - kDay, kNow + kDay)};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Accounts, "any account of the provider may vouch, and no other provider's") {
    CHECK(verifier.prove(Kind::kSendgrid, sendgrid_post(curve, "[]")).good());
    CHECK(verifier.prove(Kind::kResend, svix_post("{}")).good());
    CHECK(verifier.prove(Kind::kMailgun, post(mailgun_body({}))).good());
    CHECK(verifier.prove(Kind::kSes, post(sns_body(rsa, sns_fields("m")))).good());
    for (const char* login : {"hook:one", "hook:two"}) {
        WebRequest request = post("{}", {{"Authorization", basic(login)}});
        CHECK(verifier.prove(Kind::kPostmark, request).good());
        CHECK_FALSE(verifier.prove(Kind::kBrevo, request).good());
        CHECK_FALSE(verifier.prove(Kind::kSendgrid, request).good());
        CHECK_FALSE(verifier.prove(Kind::kSes, request).good());
    }
    CHECK(verifier.prove(Kind::kPostmark, post("{}")).status == 401);
    CHECK_FALSE(verifier.prove(Kind::kResend, sendgrid_post(curve, "[]")).good());
}

TEST_CASE_FIXTURE(Accounts, "a post that is signed and late is told so") {
    CHECK(verifier.prove(Kind::kSendgrid, sendgrid_post(curve, "[]", kNow - 2 * kDay)).refusal ==
          std::string("time"));
}

TEST_CASE(
    "where a secret is missing, only who is proved by another one is not told to come again") {
    ManualClock clock{kNow};
    Signer curve = Signer::elliptic_curve();
    Verifier verifier{{{Kind::kPostmark, "", {}, ""},
                       {Kind::kPostmark, "hook:two", {}, ""},
                       {Kind::kMailgun, "", {}, ""},
                       {Kind::kResend, "", {}, ""},
                       {Kind::kSendgrid, base64(curve.spki()), {}, ""},
                       {Kind::kSendgrid, "", {}, ""}},
                      {},
                      clock};
    auto status = [&](Kind provider, const WebRequest& post) {
        const WebhookProof proof = verifier.prove(provider, post);
        CHECK((proof.status != 503 || proof.refusal == std::string("secret")));
        return proof.status;
    };
    CHECK(verifier.expects(Kind::kMailgun));
    CHECK(status(Kind::kPostmark, post("{}", {{"Authorization", basic("hook:two")}})) == 200);
    CHECK(status(Kind::kPostmark, post("{}", {{"Authorization", basic("hook:one")}})) == 503);
    CHECK(status(Kind::kPostmark, post("{}", {{"Authorization", basic(":")}})) == 503);
    CHECK(status(Kind::kPostmark, post("{}")) == 503);
    CHECK(status(Kind::kMailgun, post(mailgun_body({}, "t1", kNow, ""))) == 503);
    CHECK(status(Kind::kResend, svix_post("{}", kNow, "")) == 503);
    CHECK(status(Kind::kSendgrid, sendgrid_post(curve, "[]")) == 200);
    CHECK(status(Kind::kSendgrid, sendgrid_post(curve, "[]", kNow - 2 * kDay)) == 401);
}

TEST_CASE_FIXTURE(Accounts, "who is expected") {
    CHECK(verifier.expects(Kind::kSes));
    CHECK_FALSE(verifier.expects(Kind::kMailjet));
}

TEST_CASE_FIXTURE(Accounts, "a subscription is confirmed by SNS's own link alone") {
    auto message = [](const std::string& url) {
        auto fields = sns_fields("You have chosen to subscribe");
        fields["Type"] = "SubscriptionConfirmation";
        fields["SubscribeURL"] = url;
        return *SnsMessage::parse(fields.dump());
    };
    const std::string url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription";
    CHECK(verifier.confirm(message(url)).good());
    CHECK(fetched == std::vector<std::string>{url});
    CHECK(verifier.confirm(message("https://evil.example/")).status == 401);
    CHECK(verifier.confirm(message("http://127.0.0.1:1/")).status == 401);
    CHECK(fetched.size() == 1);
    status = 500;
    CHECK(verifier.confirm(message(url)).status == 503);
    status = 0;
    CHECK(verifier.confirm(message(url)).status == 503);
}

TEST_CASE_FIXTURE(Accounts, "what could not be noted may come again in other words") {
    const WebRequest first = post(mailgun_body({{"event", "opened"}}));
    const WebRequest again = post(mailgun_body({{"event", "opened"}, {"attempt", 2}}));
    CHECK(verifier.prove(Kind::kMailgun, first).good());
    CHECK(verifier.prove(Kind::kMailgun, again).status == 406);
    verifier.forget_tokens();
    CHECK(verifier.prove(Kind::kMailgun, again).good());
}
