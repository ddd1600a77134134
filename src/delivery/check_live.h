// The part of `check` that asks servers: only where `--connect` allows it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

// Proves that `unsubscribe.url` answers and knows our key; otherwise adds a warning, or an error
// where `require_live` holds. Nothing where there is no URL.
void check_live(const Workspace& workspace, Findings& findings);

// Logs in at the transport of each campaign, once for several, and says goodbye without a mail.
// Throws Unavailable at the first that cannot be used, ConfigError where its password cannot be
// had. The names of those that answered.
std::vector<std::string> probe_transports(const Workspace& workspace,
                                          std::span<const Campaign> campaigns, const Clock& clock);

}  // namespace tocsin
