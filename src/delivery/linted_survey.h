// A survey that lints (lint/): what `check`, `plan`, `test` and `send` demand of a campaign before
// anybody is mailed.
#pragma once

#include "delivery/survey.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// What a campaign has that is linted, beside its audience.
struct LintedParts {
    const Workspace& workspace;
    const Campaign& campaign;
    const Content& content;
};

// `survey`, with the lint of the settings, of everybody and of one whole mail of each shape. Errors
// of the lint are findings; so are its warnings where the options want them, which otherwise are
// only counted. The composer is of this content; without one, only rows and settings are looked at.
SurveyCounts linted_survey(const LintedParts& parts, Audience& audience, Composer* composer,
                           const SurveyOptions& options, const SkipSuppressed& skip_suppressed,
                           const std::function<void(PlanRow&)>& sink, Findings& findings);

// The settings alone, where there is no audience to survey.
SurveyCounts lint_without_audience(const Workspace& workspace, const Campaign& campaign,
                                   const SurveyOptions& options, Findings& findings);

}  // namespace tocsin
