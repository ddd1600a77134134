// The lint of what stands in tocsin.yaml and the campaign file alone: sender, headers, legal
// duties.
#pragma once

#include "lint/report.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

// Both may be parts of what was written: a setting whose fault the reader has reported is not
// called missing.
void lint_settings(const Workspace& workspace, const Campaign& campaign, LintReport& report);

// What tocsin.yaml and the campaign together have the lint overlook.
LintIgnore ignored_in(const Workspace& workspace, const Campaign& campaign);

}  // namespace tocsin
