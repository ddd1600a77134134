#include "delivery/check.h"

#include "compose/load_content.h"
#include "delivery/check_schedule.h"
#include "delivery/linted_survey.h"
#include "delivery/zone_watch.h"

namespace tocsin {

SurveyCounts check_campaign(const Workspace& workspace, const Campaign& campaign,
                            SurveyOptions options, WallTime now, Findings& findings) {
    options.render_all = options.all_lint = true;
    Content content = load_content(workspace, campaign, findings);
    auto audience = open_audience(workspace.root, campaign.audience, findings, Faults::kTolerate);
    ScheduleCheck schedule(workspace, campaign);
    if (!audience) {
        schedule.report(now, findings);
        return lint_without_audience(workspace, campaign, options, findings);
    }
    auto composer = Composer::make(content, audience->columns(), findings);
    Findings known;
    if (!composer) {
        // The lint goes on: one run shows everything.
        composer = Composer::make(content, audience->columns(), known, MessageForm::kMime,
                                  Faults::kTolerate);
    }
    ZoneWatch people(*audience, schedule.schedule());
    // The ledger is not asked: `check` runs where there is none, and says nothing of who
    // unsubscribed.
    SurveyCounts counts = linted_survey(
        {workspace, campaign, content}, people, composer.get(), options, skip_nobody,
        [&](const PlanRow& row) { schedule.count(row); }, findings);
    schedule.report(now, findings);
    schedule.report_zones(people, findings);
    return counts;
}

}  // namespace tocsin
