#include "cli/approve_series.h"

#include "base/text.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/plan_text.h"
#include "delivery/approval.h"
#include "delivery/control.h"
#include "delivery/linted_survey.h"

namespace tocsin {
namespace {

struct Today {
    SurveyCounts counts;
    std::string subject;  // the first person's
};

Today look(Invocation& invocation, const Workspace& workspace, LoadedCampaign& loaded,
           const SurveyOptions& options, Ledger& ledger) {
    Today today;
    Findings findings;
    const std::string& list = loaded.campaign.unsubscribe_list;
    const WallTime now = invocation.clock.now();
    std::optional<PlanRow> first;
    today.counts = linted_survey(
        {workspace, loaded.campaign, loaded.content}, *loaded.audience, loaded.composer.get(),
        options, [&](std::span<PlanRow> rows) { ledger.skip_suppressed(rows, list, now); },
        [&](const PlanRow& row) {
            if (!first && row.skip == SkipReason::kNone) first = row;
        },
        findings);
    report_survey(invocation, loaded.campaign.id, today.counts, findings);
    if (first) {
        today.subject =
            loaded.composer->renderer().render_subject(first->cells, {first->address, ""});
    }
    return today;
}

std::string next_line(const LoadedCampaign& loaded, WallTime now) {
    auto schedule = recurrence_of(loaded.campaign);
    auto next = schedule ? next_occurrence(*schedule, now) : std::nullopt;
    if (!next) return "  Next     none: its `not_after` has ended them\n";
    return "  Next     " + next->name + " (" + schedule->zone.name() + ")\n";
}

std::string introduction(const LoadedCampaign& loaded, const Today& today, const std::string& hash,
                         WallTime now) {
    const std::size_t skipped = today.counts.total() - today.counts.people;
    std::string text = loaded.campaign.id + ": every occurrence; today " +
                       counted(today.counts.people, "mail") + " to send, " + grouped(skipped) +
                       " skipped\n  From     " + printable(loaded.content.from.shown()) + "\n";
    if (today.counts.people > 0) text += "  Subject  " + printable(today.subject) + "\n";
    return text + next_line(loaded, now) + "  Hash     " + short_hash(hash) + "\n";
}

}  // namespace

SeriesToApprove survey_series(Invocation& invocation, const Workspace& workspace,
                              const std::string& campaign, const SurveyOptions& options,
                              Ledger& ledger) {
    SeriesToApprove series{load_whole_campaign(invocation, workspace, campaign), "", ""};
    refuse_cancelled(ledger, {series.loaded->campaign.id, ""});
    const Today today = look(invocation, workspace, *series.loaded, options, ledger);
    series.hash = hash_of(series_to_approve(workspace, series.loaded->content));
    series.introduction = introduction(*series.loaded, today, series.hash, invocation.clock.now());
    return series;
}

}  // namespace tocsin
