#include "cli/preview_summary.h"

#include "delivery/linted_survey.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

void describe(const Content& content, CampaignSummary& summary) {
    summary.campaign = content.campaign;
    summary.from = content.from.shown();
    summary.subject = content.subject.text;
    if (content.preheader) summary.preheader = content.preheader->text;
    summary.fallbacks = content.fallbacks;
}

void add_exclusions(const SurveyCounts& counts,
                    const std::map<std::string, std::size_t>& excluded_by,
                    CampaignSummary& summary) {
    auto add = [&](const std::string& reason, std::size_t people) {
        if (people > 0) summary.exclusions.push_back({reason, people});
    };
    for (const auto& [list, people] : excluded_by) add("excluded by " + list, people);
    add("on the suppression list", counts.suppressed);
    add("no valid address", counts.invalid);
    add("a mail that cannot be rendered", counts.broken);
}

}  // namespace

CampaignSummary summarise(const Workspace& workspace, LoadedCampaign& loaded,
                          const std::map<std::string, std::size_t>& excluded_by, WallTime now) {
    CampaignSummary summary;
    describe(loaded.content, summary);
    std::shared_ptr<Ledger> ledger = open_ledger_to_find(workspace);
    summary.knows_suppressed = ledger != nullptr;
    auto skip = [&](std::span<PlanRow> rows) {
        if (ledger) ledger->skip_suppressed(rows, loaded.campaign.unsubscribe_list, now);
    };
    SurveyOptions options;
    options.render_all = options.all_lint = true;
    SurveyCounts counts = linted_survey(
        {workspace, loaded.campaign, loaded.content}, *loaded.audience, loaded.composer.get(),
        options, skip, [](const PlanRow&) {}, summary.findings);
    summary.findings.sort();
    summary.duplicates = counts.duplicates;
    summary.ignored = counts.ignored;
    summary.audience = std::move(counts.audience);
    summary.audience.people = counts.people;
    add_exclusions(counts, excluded_by, summary);
    return summary;
}

}  // namespace tocsin
