// What the page of `tocsin preview` says of the whole campaign: the check, and who gets no mail.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/clock.h"
#include "delivery/planner.h"
#include "model/workspace.h"
#include "preview/campaign_summary.h"

namespace tocsin {

// Renders everybody, as `check` does. `excluded_by` are the people of each excluding list. The
// suppression list is asked where there is a ledger that can be read.
CampaignSummary summarise(const Workspace& workspace, LoadedCampaign& loaded,
                          const std::map<std::string, std::size_t>& excluded_by, WallTime now);

}  // namespace tocsin
