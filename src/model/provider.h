// The providers whose APIs can carry mail, and what tocsin.yaml says of an account with one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/secret_source.h"

namespace tocsin {

enum class ProviderKind {
    kSes,
    kSendgrid,
    kMailgun,
    kPostmark,
    kSparkpost,
    kBrevo,
    kResend,
    kMailjet,
};

// As `type` names it and as the path of its webhook ends: "ses", "sendgrid", …
std::string_view name(ProviderKind kind);
// As people write it: "Amazon SES", "SendGrid", …
std::string_view title(ProviderKind kind);
// What tocsin.yaml calls its keys, for a sentence: "`api_key`", "`api_key` and `secret_key`".
std::string_view key_names(ProviderKind kind);
std::optional<ProviderKind> provider_kind(std::string_view name);

// How many mails one request can carry, and does where tocsin.yaml says nothing: a whole batch can
// end in doubt, but where the provider can be asked again for the same one.
int most_in_batch(ProviderKind kind);
int default_batch(ProviderKind kind);

struct ProviderSettings {
    ProviderKind kind = ProviderKind::kSes;
    // `https://host` or, on the loopback, `http://host:port`, without a slash at its end; the API's
    // own paths are added. Empty: the provider's, in `region`.
    std::string endpoint;
    std::string region;                          // "eu-west-1", "eu"; empty: the provider's default
    std::optional<SecretSource> api_key;         // SES: `access_key`
    std::optional<SecretSource> secret_key;      // SES and Mailjet
    std::optional<SecretSource> session_token;   // SES, of temporary credentials
    std::optional<SecretSource> webhook_secret;  // proves that a webhook is the provider's
    std::string domain;                          // Mailgun's: the sending domain
    std::string stream;                          // Postmark's MessageStream
    std::string configuration_set;               // SES: publishes events
    std::vector<std::string> topics;             // SES: the ARNs of SNS topics that are ours
    int connections = 10;                        // requests side by side
    int batch = 1;                               // messages in one request, at most
};

}  // namespace tocsin
