// One run of `due`: rounds over all mailings that are due, one after the other, in slices, so that
// a blast of a day does not starve one whose window opens meanwhile.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "agenda/agenda.h"
#include "cli/command.h"
#include "cli/due_plan.h"
#include "cli/due_report.h"
#include "delivery/dispatcher.h"
#include "delivery/open_ledger.h"
#include "model/workspace.h"

namespace tocsin {

struct DueOptions {
    std::filesystem::path folder;  // of campaign files; absolute
    std::optional<Milliseconds> max_time{};
    std::optional<std::size_t> max_messages{};
    SurveyOptions survey{};
};

class DueRun {
  public:
    // All outlive it.
    DueRun(Invocation& invocation, const Workspace& workspace, OpenedLedger& opened,
           const DueOptions& options);

    // Until nothing can be done now, the budget is spent, or a signal. The highest code of all
    // campaigns. Throws LedgerError; what else goes wrong with one mailing is its own.
    ExitCode run();

  private:
    bool round();
    bool try_once_more();
    void see_to_series(const SeriesState& series, const Agenda& agenda);
    void see_to(const AgendaItem& item);
    void hold_stale(const AgendaItem& item);
    bool send(const AgendaItem& item, const Agenda& agenda);
    ExitCode try_to_send(const AgendaItem& item, const RunLimits& limits, RunEnd& end);
    RunLimits limits_for(const AgendaItem& item, const Agenda& agenda) const;
    Milliseconds slice(const AgendaItem& item, const Agenda& agenda) const;
    bool spent() const;
    WallTime now() const { return invocation_.clock.now(); }

    Invocation& invocation_;
    const Workspace& workspace_;
    OpenedLedger& opened_;
    const DueOptions& options_;
    AgendaMemory memory_;
    Notifier notifier_;
    DueReport report_;
    DuePlanner planner_;
    std::optional<Milliseconds> until_;  // since boot: --max-time
    std::size_t sent_ = 0;
    bool tried_again_ = false;
};

}  // namespace tocsin
