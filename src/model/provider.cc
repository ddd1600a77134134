#include "model/provider.h"

#include <algorithm>
#include <array>

namespace tocsin {
namespace {

struct Names {
    ProviderKind kind;
    std::string_view name;
    std::string_view title;
};

constexpr std::array<Names, 8> kNames{{
    {ProviderKind::kSes, "ses", "Amazon SES"},
    {ProviderKind::kSendgrid, "sendgrid", "SendGrid"},
    {ProviderKind::kMailgun, "mailgun", "Mailgun"},
    {ProviderKind::kPostmark, "postmark", "Postmark"},
    {ProviderKind::kSparkpost, "sparkpost", "SparkPost"},
    {ProviderKind::kBrevo, "brevo", "Brevo"},
    {ProviderKind::kResend, "resend", "Resend"},
    {ProviderKind::kMailjet, "mailjet", "Mailjet"},
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

std::optional<ProviderKind> provider_kind(std::string_view name) {
    auto found = std::find_if(kNames.begin(), kNames.end(),
                              [name](const Names& one) { return one.name == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace tocsin
