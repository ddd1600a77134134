#include "cli/due_plan.h"

#include "cli/load.h"
#include "delivery/difference.h"
#include "delivery/plan_parts.h"

namespace tocsin {

DuePlanner::DuePlanner(Invocation& invocation, const Workspace& workspace, Ledger& ledger,
                       AgendaMemory& memory, const SurveyOptions& survey)
    : invocation_(invocation),
      workspace_(workspace),
      ledger_(ledger),
      memory_(memory),
      survey_(survey) {}

PlanInfo DuePlanner::plan(const AgendaItem& item) {
    auto plan = ledger_.plan(item.mailing);
    if (!plan) return write(item, PlanKind::kFirst);
    const bool may_write = !plan->started && may_replace(*plan);
    if (lacks_zones(item)) {
        if (may_write) return write(item, PlanKind::kNew);
        refuse_without_zones(item);
    }
    if (plan->started || changed_files(workspace_, *plan).empty()) return *plan;
    if (may_write) return write(item, PlanKind::kNew);
    const auto lines = changes(item, *plan);
    if (lines.empty()) return *plan;
    const std::string id = item.mailing.shown();
    invocation_.console.err("since " + id + " was planned:\n" + bullets(lines));
    throw Refused(id + " has changed since it was planned",
                  "`tocsin plan " + id + "` plans it as it is now, `tocsin send " + id +
                      " --as-planned` sends what was planned");
}

// Planned when its schedule went by one zone for all: nothing holds back those whose hour has not
// come.
bool DuePlanner::lacks_zones(const AgendaItem& item) {
    if (!item.schedule().by_recipient) return false;
    const Counts counts = ledger_.counts(item.mailing);
    bool anybody_waits = counts.of(State::kPlanned) + counts.of(State::kDeferred) > 0;
    return anybody_waits && ledger_.zones(item.mailing).empty();
}

void DuePlanner::refuse_without_zones(const AgendaItem& item) {
    const std::string id = item.mailing.shown();
    throw Refused(id + " was planned without anybody's time zone, and its schedule goes by them",
                  "`tocsin plan " + id + "` plans it anew, before its first mail; `tocsin send " +
                      id + "` sends it now, to everybody");
}

std::vector<std::string> DuePlanner::changes(const AgendaItem& item, const PlanInfo& plan) {
    auto now = load_whole_campaign(invocation_, workspace_, item.file->path.string());
    return differences(workspace_, plan, *now, ledger_);
}

bool DuePlanner::may_replace(const PlanInfo& plan) const {
    return !plan.mailing.occurrence.empty() || memory_.is_own(plan);
}

PlanInfo DuePlanner::write(const AgendaItem& item, PlanKind kind) {
    auto loaded = load_whole_campaign(invocation_, workspace_, item.file->path.string());
    Findings findings;
    write_plan(workspace_, *loaded, ledger_,
               {kind, item.mailing.occurrence, survey_, invocation_.clock.now()}, findings);
    if (findings.has_errors()) report_findings(invocation_, findings);
    PlanInfo plan = ledger_.plan(item.mailing).value();
    memory_.own(plan);
    return plan;
}

}  // namespace tocsin
