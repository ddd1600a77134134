// The words that may stand at one place of a file: keys of a map, or names of a choice. The one
// source of truth for what is understood, and for what product.md names but nothing serves yet.
#pragma once

#include <string>
#include <vector>

namespace tocsin {

struct Vocabulary {
    std::string place;  // "a campaign", "`audience`": for messages
    std::vector<std::string> known;
    std::vector<std::string> not_yet{};  // refused as "not supported yet"
};

inline const Vocabulary kWorkspaceKeys{
    "tocsin.yaml",
    {"organisation", "ledger", "secret", "previous_secrets", "unsubscribe", "bounce_address",
     "suppression", "lint", "breaker", "approval", "schedule", "notify", "witness", "transport",
     "transports"},
    {"retention"}};

inline const Vocabulary kOrganisationKeys{"`organisation`",
                                          {"name", "postal_address", "website", "colour"}};

inline const Vocabulary kUnsubscribeKeys{"`unsubscribe`",
                                         {"url", "mailto", "require_live", "pull_every", "texts"}};

inline const Vocabulary kSuppressionKeys{"`suppression`", {"hashed"}, {"max_age"}};

inline const Vocabulary kLintKeys{"`lint`", {"ignore"}};

inline const Vocabulary kApprovalWords{"`approval`", {"required", "optional"}};

inline const Vocabulary kScheduleDefaultsKeys{"`schedule` of tocsin.yaml", {"timezone", "grace"}};

inline const Vocabulary kNotifyKeys{"`notify`", {"on", "command", "mail"}};

inline const Vocabulary kNotifyEvents{"an item of `on`", {"done", "held", "paused", "in_doubt"}};

inline const Vocabulary kNotifyMailKeys{"`mail` of `notify`", {"to", "transport"}};

inline const Vocabulary kWitnessKeys{"`witness`", {"file", "command"}};

inline const Vocabulary kBreakerKeys{"`breaker`", {"rejected", "after"}};

inline const Vocabulary kSecretKeys{"a secret", {"file", "env", "command"}};

inline const Vocabulary kTransportTypes{"`type`",
                                        {"maildir", "smtp", "ses", "sendgrid", "mailgun",
                                         "postmark", "sparkpost", "brevo", "resend", "mailjet"}};

inline const Vocabulary kMaildirKeys{"a maildir transport", {"type", "path", "rate"}};

inline const Vocabulary kSmtpKeys{"an smtp transport",
                                  {"type",
                                   "host",
                                   "port",
                                   "tls",
                                   "allow_plaintext",
                                   "username",
                                   "password",
                                   "auth",
                                   "ehlo",
                                   "ca_file",
                                   "client_certificate",
                                   "source_address",
                                   "proxy",
                                   "connections",
                                   "messages_per_connection",
                                   "rate",
                                   "warm_up",
                                   "give_up_after",
                                   "domains",
                                   "dkim"}};

inline const Vocabulary kWarmUpKeys{"`warm_up`", {"from", "steps"}};

inline const Vocabulary kDomainKeys{"an entry of `domains`", {"rate", "connections"}};

inline const Vocabulary kDkimKeys{"an entry of `dkim`", {"domain", "selector", "key"}};

inline const Vocabulary kTlsModes{"`tls`", {"required", "implicit", "none"}};

inline const Vocabulary kAuthMethods{"`auth`", {"plain", "login", "xoauth2", "external"}};

inline const Vocabulary kCampaignKeys{
    "a campaign",
    {"id", "from", "reply_to", "subject", "preheader", "html", "text", "data", "fallbacks",
     "audience", "attachments", "transport", "rate", "schedule", "unsubscribe", "lint"},
    {"body", "layout", "links", "variants", "approval", "language"}};

inline const Vocabulary kAudienceKeys{
    "`audience`", {"lists", "exclude"}, {"where", "lookup", "language"}};

inline const Vocabulary kScheduleKeys{
    "`schedule`", {"at", "every", "timezone", "window", "days", "not_after", "grace"}};

inline const Vocabulary kCampaignUnsubscribeKeys{"`unsubscribe` of a campaign", {"list"}};

inline const Vocabulary kLockFileKeys{"tocsin.lock", {"ledger", "key", "suppression_key"}};

}  // namespace tocsin
