// What has changed since a campaign was planned, in the user's terms.
#pragma once

#include <string>
#include <vector>

#include "delivery/planner.h"
#include "ledger/ledger.h"

namespace tocsin {

// The files that are not what they were, one line each. Reads nothing where inode, size and time
// are as they were.
std::vector<std::string> changed_files(const Workspace& workspace, const PlanInfo& plan);

// The settings under which the frozen content would go out, as far as they are not what they were.
// Nothing of a plan that did not keep them.
std::vector<std::string> changed_settings(const Workspace& workspace, const PlanInfo& plan);

// What would differ if the campaign were planned now: changed content, other lists, and how many
// people came or went. Empty where only something without effect (a comment, a touched file)
// changed.
std::vector<std::string> differences(const Workspace& workspace, const PlanInfo& plan,
                                     LoadedCampaign& now, Ledger& ledger);

}  // namespace tocsin
