// The lint of what stands in tocsin.yaml and the campaign file alone: sender, headers, legal
// duties.
#pragma once

#include "lint/report.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

void lint_settings(const Workspace& workspace, const Campaign& campaign, LintReport& report);

}  // namespace tocsin
