// What can be said against a campaign's schedule (docs/scheduling.md). For `check` alone: whoever
// plans or sends by hand is free of it.
#pragma once

#include "delivery/duration.h"
#include "delivery/next_run.h"
#include "delivery/zone_watch.h"
#include "model/campaign.h"

namespace tocsin {

class ScheduleCheck {
  public:
    // Both outlive it. Nothing is said of a campaign without a schedule.
    ScheduleCheck(const Workspace& workspace, const Campaign& campaign);

    const Schedule* schedule() const;
    // Somebody who would be mailed, or is skipped.
    void count(const PlanRow& row);
    // What it says of the times alone, and of everybody who was counted.
    void report(WallTime now, Findings& findings) const;
    // What it says of people's own zones.
    void report_zones(const ZoneWatch& audience, Findings& findings) const;

  private:
    void report_rate(const NextRun& run, Findings& findings) const;
    void report_no_column(const Columns& columns, Findings& findings) const;
    void report_unknown(const ZoneTally& tally, Findings& findings) const;
    void report_late(const ZoneTally& tally, Findings& findings) const;

    const Campaign& campaign_;
    const Milliseconds grace_;
    RunRates rates_;
    DomainGroups groups_;
    MailsByGroup mails_;
};

}  // namespace tocsin
