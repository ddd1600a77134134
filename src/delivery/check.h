// Everything that can be said against a campaign without sending it, in one run.
#pragma once

#include "delivery/survey.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

// Reads lists, templates and attachments, renders everybody and lints. `campaign` and `workspace`
// may be parts of what was written, where reading them brought errors: what can be checked still
// is. `now` is what the schedule is held against.
SurveyCounts check_campaign(const Workspace& workspace, const Campaign& campaign,
                            SurveyOptions options, WallTime now, Findings& findings);

}  // namespace tocsin
