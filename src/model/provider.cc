#include "model/provider.h"

#include <algorithm>
#include <array>

namespace tocsin {
namespace {

struct Names {
    ProviderKind kind;
    std::string_view name;
    std::string_view title;
    int most_in_batch;
    int default_batch;
};

constexpr std::array<Names, 8> kNames{{
    {ProviderKind::kSes, "ses", "Amazon SES", 1, 1},
    {ProviderKind::kSendgrid, "sendgrid", "SendGrid", 1, 1},
    {ProviderKind::kMailgun, "mailgun", "Mailgun", 1, 1},
    {ProviderKind::kPostmark, "postmark", "Postmark", 500, 20},
    {ProviderKind::kSparkpost, "sparkpost", "SparkPost", 1, 1},
    {ProviderKind::kBrevo, "brevo", "Brevo", 1, 1},
    {ProviderKind::kResend, "resend", "Resend", 100, 100},
    {ProviderKind::kMailjet, "mailjet", "Mailjet", 50, 20},
}};

const Names& names_of(ProviderKind kind) {
    return kNames.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view name(ProviderKind kind) {
    return names_of(kind).name;
}

std::string_view title(ProviderKind kind) {
    return names_of(kind).title;
}

std::string_view key_names(ProviderKind kind) {
    if (kind == ProviderKind::kSes) return "`access_key` and `secret_key`";
    return kind == ProviderKind::kMailjet ? "`api_key` and `secret_key`" : "`api_key`";
}

int most_in_batch(ProviderKind kind) {
    return names_of(kind).most_in_batch;
}

int default_batch(ProviderKind kind) {
    return names_of(kind).default_batch;
}

std::optional<ProviderKind> provider_kind(std::string_view name) {
    auto found = std::find_if(kNames.begin(), kNames.end(),
                              [name](const Names& one) { return one.name == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace tocsin
