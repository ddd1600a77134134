// The signatures that stand in headers: SendGrid's and Svix's, which Resend uses.
#pragma once

#include <string>
#include <string_view>

#include "model/provider.h"
#include "web/http.h"
#include "webhook/authenticity.h"

namespace tocsin {

// SendGrid tries again for 24 hours, and nobody says whether it signs again.
inline constexpr Milliseconds kOldestSendgrid = std::chrono::hours(25);
inline constexpr Milliseconds kOldestSvix = std::chrono::minutes(5);

// ECDSA with SHA-256 over the timestamp and the body; `public_key` is a SubjectPublicKeyInfo of
// P-256 in base64, as SendGrid shows it.
WebhookProof prove_sendgrid(const WebRequest& post, std::string_view public_key, WallTime now);

// HMAC-SHA256 over `id.timestamp.body` under the bytes of `whsec_BASE64`; one of several suffices,
// as there are two while a secret is exchanged.
WebhookProof prove_svix(const WebRequest& post, std::string_view secret, WallTime now);

// Why a `webhook_secret` can never prove a post of this provider, in words that continue "it …", or
// empty.
std::string fault_of_webhook_secret(ProviderKind provider, std::string_view secret);

// Seconds since 1970, or nothing.
std::optional<WallTime> parse_unix_time(std::string_view text);

}  // namespace tocsin
