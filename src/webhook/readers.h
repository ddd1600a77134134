// One reader for each provider. Private to this module.
#pragma once

#include <string>

#include "webhook/event.h"
#include "webhook/json.h"

namespace tocsin {

WebhookEvents read_ses(const Json& message, const std::string& post_id);
WebhookEvents read_sendgrid(const Json& body);
WebhookEvents read_mailgun(const Json& body);
WebhookEvents read_postmark(const Json& body);
WebhookEvents read_sparkpost(const Json& body);
WebhookEvents read_brevo(const Json& body);
WebhookEvents read_resend(const Json& body, const std::string& post_id);
WebhookEvents read_mailjet(const Json& body);

}  // namespace tocsin
