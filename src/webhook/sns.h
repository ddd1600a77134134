// Amazon SNS over HTTPS: what carries SES's events. The signature covers the fields of the message
// that matter, in a canonical form; anybody may have a topic, so the topic must be one of ours.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/http.h"
#include "webhook/account.h"
#include "webhook/authenticity.h"

namespace tocsin {

// SNS tries for an hour, and signs once.
inline constexpr Milliseconds kOldestSns = std::chrono::hours(25);

struct SnsMessage {
    std::map<std::string, std::string> fields;

    static std::optional<SnsMessage> parse(std::string_view body);
    // Of that name, or empty.
    const std::string& operator[](const std::string& name) const;
    // What is signed; empty where the type is not known.
    std::string signed_text() const;
};

// Whether a URL leads to SNS: https, its own hosts, no port and no login. `endpoint` of our account
// may be an http URL of the loopback, for tests and stand-ins: what lies there is taken, too.
bool is_of_sns(std::string_view url, std::string_view endpoint);

// Where certificates come from: the PEM, or nothing where it cannot be had now.
class CertificateSource {
  public:
    virtual ~CertificateSource() = default;
    virtual std::optional<std::string> certificate(const std::string& url) = 0;
};

// Topic, time and URL come before the certificate is fetched: nobody else makes us fetch anything.
// `account` is set to the one whose topic it is.
WebhookProof prove_sns(const SnsMessage& message, std::span<const WebhookAccount> accounts,
                       CertificateSource& certificates, WallTime now,
                       const WebhookAccount*& account);

}  // namespace tocsin
