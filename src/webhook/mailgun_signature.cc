#include "webhook/mailgun_signature.h"

#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"
#include "webhook/field_picker.h"
#include "webhook/signatures.h"

namespace tocsin {

bool TokenMemory::admits(const std::string& token, std::string_view body, WallTime now) {
    while (!order_.empty() && (order_.size() >= kMost ||
                               order_.front().first < now - kOldestMailgun - kOldestMailgun)) {
        bodies_.erase(order_.front().second);
        order_.pop_front();
    }
    const std::string name = sha256(token);  // so that each has the same size
    auto [known, is_new] = bodies_.try_emplace(name, sha256(body));
    if (is_new) order_.emplace_back(now, name);
    return is_new || known->second == sha256(body);
}

WebhookProof prove_mailgun(std::string_view body, std::string_view signing_key, TokenMemory& tokens,
                           WallTime now) {
    auto fields = pick_fields(body);
    if (!fields) return {400, "malformed"};
    const std::string& time = (*fields)["signature.timestamp"];
    const std::string& token = (*fields)["signature.token"];
    const std::string wanted = to_hex(hmac_sha256(signing_key, time + token));
    if (signing_key.empty() || token.empty() ||
        !equal_in_constant_time(ascii_lower((*fields)["signature.signature"]), wanted)) {
        return kForged;
    }
    auto then = parse_unix_time(time);
    if (!then || !is_timely(*then, now, kOldestMailgun)) return kUntimely;
    // 406 tells Mailgun not to come again with it.
    return tokens.admits(time + token, body, now) ? kGenuine : WebhookProof{406, "token"};
}

}  // namespace tocsin
