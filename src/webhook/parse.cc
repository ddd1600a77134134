#include "webhook/parse.h"

#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

WebhookEvents read(ProviderKind provider, const Json& json, const std::string& post_id) {
    switch (provider) {
        case ProviderKind::kSes:
            return read_ses(json, post_id);
        case ProviderKind::kSendgrid:
            return read_sendgrid(json);
        case ProviderKind::kMailgun:
            return read_mailgun(json);
        case ProviderKind::kPostmark:
            return read_postmark(json);
        case ProviderKind::kSparkpost:
            return read_sparkpost(json);
        case ProviderKind::kBrevo:
            return read_brevo(json);
        case ProviderKind::kResend:
            return read_resend(json, post_id);
        case ProviderKind::kMailjet:
            return read_mailjet(json);
    }
    return {};
}

}  // namespace

std::optional<WebhookEvents> parse_webhook(ProviderKind provider, std::string_view body,
                                           const std::string& post_id) {
    auto json = read_json(body);
    // What SES says in words, once, when it is connected with a topic.
    if (!json && provider == ProviderKind::kSes) return WebhookEvents{ignored()};
    if (!json || (!json->is_object() && !json->is_array())) return std::nullopt;
    return read(provider, *json, post_id);
}

}  // namespace tocsin
