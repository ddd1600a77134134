#include "delivery/check.h"

#include "compose/load_content.h"
#include "delivery/linted_survey.h"

namespace tocsin {

SurveyCounts check_campaign(const Workspace& workspace, const Campaign& campaign,
                            SurveyOptions options, Findings& findings) {
    options.render_all = options.all_lint = true;
    Content content = load_content(workspace, campaign, findings);
    auto audience = open_audience(workspace.root, campaign.audience, findings, Faults::kTolerate);
    if (!audience) return lint_without_audience(workspace, campaign, options, findings);
    auto composer = Composer::make(content, audience->columns(), findings);
    Findings known;
    if (!composer) {
        // The lint goes on: one run shows everything.
        composer = Composer::make(content, audience->columns(), known, MessageForm::kMime,
                                  Faults::kTolerate);
    }
    // The ledger is not asked: `check` runs where there is none, and says nothing of who
    // unsubscribed.
    return linted_survey(
        {workspace, campaign, content}, *audience, composer.get(), options, skip_nobody,
        [](const PlanRow&) {}, findings);
}

}  // namespace tocsin
