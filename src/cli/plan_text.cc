#include "cli/plan_text.h"

#include "base/text.h"
#include "cli/load.h"
#include "delivery/duration.h"

namespace tocsin {

SurveyCounts plan_or_report(Invocation& invocation, const Workspace& workspace,
                            LoadedCampaign& loaded, Ledger& ledger, PlanKind kind,
                            const SurveyOptions& options) {
    Findings findings;
    auto counts =
        write_plan(workspace, loaded, ledger, kind, options, invocation.clock.now(), findings);
    report_survey(invocation, loaded.campaign.id, counts.value_or(SurveyCounts{}), findings);
    return *counts;
}

std::string plan_text(const PlanInfo& plan, const SurveyCounts& counts, PlanDuration duration) {
    std::string text = plan.mailing.campaign + ": " + counted(counts.people, "mail") + " planned";
    auto note = [&](std::size_t count, const char* what) {
        if (count > 0) text += ", " + grouped(count) + " " + what;
    };
    note(counts.excluded, "excluded");
    note(counts.suppressed, "suppressed");
    note(counts.invalid, "invalid");
    note(counts.broken, "broken");
    note(counts.duplicates, counts.duplicates == 1 ? "duplicate" : "duplicates");
    if (duration) text += "\ntakes " + shown_duration(*duration) + " at the present limits";
    return text + "\ncontent " + plan.content_hash.substr(0, 16) + ", planned " +
           iso8601(plan.created) + "\n";
}

nlohmann::ordered_json plan_json(const PlanInfo& plan, const SurveyCounts& counts,
                                 PlanDuration duration) {
    nlohmann::ordered_json seconds = nullptr;
    if (duration) seconds = duration->count();
    return {{"campaign", plan.mailing.campaign},
            {"total", counts.total()},
            {"planned", counts.people},
            {"skipped_by_reason",
             {{"suppressed", counts.suppressed},
              {"excluded", counts.excluded},
              {"invalid", counts.invalid},
              {"broken", counts.broken}}},
            {"duplicates", counts.duplicates},
            {"duration_seconds", seconds},
            {"content_hash", plan.content_hash},
            {"created", iso8601(plan.created)}};
}

}  // namespace tocsin
