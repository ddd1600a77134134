// What `serve` proves providers' posts by.
#pragma once

#include <vector>

#include "model/workspace.h"
#include "webhook/account.h"

namespace tocsin {

// One for each transport with a `webhook_secret` (or for SES, `topics`). Where a secret cannot be
// had, that is logged, and the account has none: the unsubscribe pages must not wait for it.
std::vector<WebhookAccount> webhook_accounts(const Workspace& workspace);

}  // namespace tocsin
