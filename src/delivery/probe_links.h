// The part of `check --links` between a campaign and the web (probe/link_check.h).
#pragma once

#include <span>
#include <vector>

#include "lint/audience.h"
#include "lint/report.h"
#include "model/workspace.h"
#include "probe/link_check.h"

namespace tocsin {

using CampaignLinks = std::vector<AudienceSummary::Link>;

// Asks for the targets of several campaigns' links, each once.
std::vector<LinkResult> probe_links(const Workspace& workspace,
                                    std::span<const CampaignLinks> campaigns);

// Reports of one campaign's links those that readers had better not follow, each at its place.
void report_links(const std::vector<LinkResult>& results, const CampaignLinks& links,
                  LintReport& report);

}  // namespace tocsin
