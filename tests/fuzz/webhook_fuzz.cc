// Any bytes as what a provider posts: what is read before anybody vouches for it, and the events of
// all eight after that. The first byte says whose it is.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "webhook/mailgun_signature.h"
#include "webhook/parse.h"
#include "webhook/sns.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

struct NoCertificates : CertificateSource {
    std::optional<std::string> certificate(const std::string& url) override {
        demand(is_of_sns(url, ""));
        return "no certificate";
    }
};

void prove(std::string_view body) {
    TokenMemory tokens;
    demand(!prove_mailgun(body, "a key that no corpus has", tokens, WallTime{}).good());
    auto message = SnsMessage::parse(body);
    if (!message) return;
    NoCertificates certificates;
    const WebhookAccount* account = nullptr;
    const WebhookAccount ours{ProviderKind::kSes, "", {(*message)["TopicArn"]}, ""};
    const WallTime now{std::chrono::seconds(1'800'000'000)};
    demand(!prove_sns(*message, std::span(&ours, 1), certificates, now, account).good());
}

void check(const Report& report) {
    demand(report.text.size() <= 1'000 && !has_control(report.text));
    demand(!invalid_utf8(report.text));
    demand(report.kind == FeedbackKind::kBounce || report.kind == FeedbackKind::kDelay ||
           report.bounce == BounceClass::kNone);
    demand(report.kind != FeedbackKind::kBounce || report.bounce != BounceClass::kNone);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    prove(body);
    auto events = parse_webhook(static_cast<ProviderKind>(data[0] % 8), body, "post");
    if (!events) return 0;
    for (const WebhookEvent& event : *events) {
        if (event.report) check(*event.report);
    }
    return 0;
}
