#include "delivery/check.h"

#include "compose/load_content.h"

namespace tocsin {

SurveyCounts check_campaign(const Workspace& workspace, const Campaign& campaign,
                            SurveyOptions options, Findings& findings) {
    options.render_all = true;
    Content content = load_content(workspace, campaign, findings);
    auto audience = open_audience(workspace.root, campaign.audience, findings);
    if (!audience) return {};
    auto composer = Composer::make(content, audience->columns(), findings);
    // The ledger is not asked: `check` runs where there is none, and says nothing of who
    // unsubscribed.
    return survey(
        *audience, composer.get(), options, skip_nobody, [](const PlanRow&) {}, findings);
}

}  // namespace tocsin
