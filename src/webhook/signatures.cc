#include "webhook/signatures.h"

#include <charconv>

#include "base/text.h"
#include "mail/base64.h"
#include "mail/digest.h"
#include "mail/public_key.h"

namespace tocsin {
namespace {

WebhookProof timely(std::string_view text, WallTime now, Milliseconds oldest) {
    auto then = parse_unix_time(text);
    return then && is_timely(*then, now, oldest) ? kGenuine : kUntimely;
}

// "v1,BASE64 v1,BASE64 …"
bool is_among(std::string_view signatures, const std::string& wanted) {
    bool found = false;
    while (!signatures.empty()) {
        const std::string_view one = signatures.substr(0, signatures.find(' '));
        signatures.remove_prefix(std::min(one.size() + 1, signatures.size()));
        if (!one.starts_with("v1,")) continue;
        auto bytes = from_base64(one.substr(3));
        found |= bytes && equal_in_constant_time(*bytes, wanted);
    }
    return found;
}

std::optional<PublicKey> sendgrid_key(std::string_view text) {
    auto der = from_base64(text);
    return der ? PublicKey::from_spki(*der) : std::nullopt;
}

// Empty where it is none.
std::string svix_key(std::string_view secret) {
    constexpr std::string_view kPrefix = "whsec_";
    if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
    return from_base64(secret).value_or("");
}

}  // namespace

std::string fault_of_webhook_secret(ProviderKind provider, std::string_view secret) {
    if (provider == ProviderKind::kSendgrid && !sendgrid_key(secret)) {
        return "is not the verification key that SendGrid shows, one line of base64";
    }
    if (provider == ProviderKind::kResend && svix_key(secret).empty()) {
        return "is not the signing secret that Resend shows, `whsec_` and base64";
    }
    return "";
}

std::optional<WallTime> parse_unix_time(std::string_view text) {
    constexpr std::size_t kMostDigits = 11;
    std::int64_t seconds = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    if (!whole || text.size() > kMostDigits || seconds < 0) return std::nullopt;
    return WallTime(std::chrono::seconds(seconds));
}

WebhookProof prove_sendgrid(const WebRequest& post, std::string_view public_key, WallTime now) {
    const std::string time = post.header("X-Twilio-Email-Event-Webhook-Timestamp");
    auto signature = from_base64(post.header("X-Twilio-Email-Event-Webhook-Signature"));
    auto key = sendgrid_key(public_key);
    if (!signature || !key) return kForged;
    if (!key->verifies(SignatureHash::kSha256, time + post.body, *signature)) return kForged;
    return timely(time, now, kOldestSendgrid);
}

WebhookProof prove_svix(const WebRequest& post, std::string_view secret, WallTime now) {
    const std::string key = svix_key(secret);
    if (key.empty()) return kForged;
    const std::string time = post.header("svix-timestamp");
    const std::string text = post.header("svix-id") + "." + time + "." + post.body;
    if (!is_among(post.header("svix-signature"), hmac_sha256(key, text))) return kForged;
    return timely(time, now, kOldestSvix);
}

}  // namespace tocsin
