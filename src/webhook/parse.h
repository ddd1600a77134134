// The events in a post that has proved to be the provider's. docs/webhooks.md has the table of what
// each provider's events become, from their own documentation.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/provider.h"
#include "webhook/event.h"

namespace tocsin {

// `body` is the post's; of SES, the text `Message` of the SNS message. `post_id` names the post
// where the provider does so in a header or around the body (svix-id, SNS's MessageId), or is
// empty. Nothing where it is no JSON of that provider's form.
std::optional<WebhookEvents> parse_webhook(ProviderKind provider, std::string_view body,
                                           const std::string& post_id);

}  // namespace tocsin
