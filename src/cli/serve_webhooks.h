// What `serve` proves providers' posts by.
#pragma once

#include <vector>

#include "model/workspace.h"
#include "webhook/account.h"

namespace tocsin {

// One for each transport with a `webhook_secret` (or for SES, `topics`). Throws ConfigError where a
// secret cannot be had.
std::vector<WebhookAccount> webhook_accounts(const Workspace& workspace);

}  // namespace tocsin
