// One account with a provider, as far as its webhooks go.
#pragma once

#include <string>
#include <vector>

#include "model/provider.h"

namespace tocsin {

struct WebhookAccount {
    ProviderKind provider = ProviderKind::kSes;
    // What proves a post; not for SES. Empty: it cannot be had, so that posts are told to come
    // again.
    std::string secret;
    std::vector<std::string> topics;  // SES: the topics that are ours, no others
    std::string endpoint;             // as in ProviderSettings
};

}  // namespace tocsin
