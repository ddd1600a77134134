// The part of `check --spam` between a campaign and the filter (probe/spam_filter.h).
#pragma once

#include <optional>

#include "base/clock.h"
#include "lint/report.h"
#include "model/campaign.h"
#include "model/workspace.h"
#include "probe/spam_filter.h"

namespace tocsin {

// Gives the mail of the first person of the lists to the filter: with links that suppress nobody,
// unsigned. A mail that counts as spam is reported, and so is a filter that gave no verdict.
// Nothing where there is nobody, or the campaign cannot be rendered: `check` says why.
std::optional<SpamVerdict> probe_spam(const Workspace& workspace, const Campaign& campaign,
                                      WallTime now, LintReport& report);

// "4.6"
std::string points(double score);

}  // namespace tocsin
