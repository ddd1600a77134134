// The plan of a mailing that is due: the one that is there, or a new one.
#pragma once

#include "agenda/agenda.h"
#include "cli/command.h"
#include "delivery/planner.h"

namespace tocsin {

class DuePlanner {
  public:
    // All outlive it.
    DuePlanner(Invocation& invocation, const Workspace& workspace, Ledger& ledger,
               AgendaMemory& memory, const SurveyOptions& survey);

    // Planned now, where there is no plan; anew, where files have changed since, nobody was mailed,
    // and the plan is one of `due` or of a recurring campaign, whose audience is read afresh.
    // Findings are printed, Reported is thrown; Refused where a plan that somebody made has
    // changed, or lacks the zones that the schedule goes by; Busy where another process plans.
    PlanInfo plan(const AgendaItem& item);

  private:
    PlanInfo write(const AgendaItem& item, PlanKind kind);
    bool lacks_zones(const AgendaItem& item);
    [[noreturn]] static void refuse_without_zones(const AgendaItem& item);
    bool may_replace(const PlanInfo& plan) const;
    std::vector<std::string> changes(const AgendaItem& item, const PlanInfo& plan);

    Invocation& invocation_;
    const Workspace& workspace_;
    Ledger& ledger_;
    AgendaMemory& memory_;
    const SurveyOptions& survey_;
};

}  // namespace tocsin
