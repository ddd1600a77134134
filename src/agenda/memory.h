// What `due` remembers from run to run, as notes of the ledger. Times are the wall clock's.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "calendar/schedule.h"
#include "ledger/ledger.h"

namespace tocsin {

class AgendaMemory {
  public:
    explicit AgendaMemory(Ledger& ledger) : ledger_(ledger) {}

    // When `due` last went through this folder to its end.
    std::optional<WallTime> last_run(const std::string& folder) const;
    void ran(const std::string& folder, WallTime now);

    // When `due` last looked after a mailing that it has begun; nothing before it has.
    std::optional<WallTime> seen(const MailingKey& mailing) const;
    void see(const MailingKey& mailing, WallTime now);

    // A plan that `due` wrote, and so may write anew.
    bool is_own(const PlanInfo& plan) const;
    void own(const PlanInfo& plan);
    // The mailing is over.
    void forget(const MailingKey& mailing);

    bool knows_series(const std::string& campaign) const;
    // How far a recurring campaign is: every occurrence up to `settled` was begun, or told of.
    // Nothing where this very schedule was not seen before.
    std::optional<WallTime> settled(const std::string& campaign, const Schedule& schedule) const;
    void settle(const std::string& campaign, const Schedule& schedule, WallTime until);

    // When a ledger was adopted that may lack what was sent before (delivery/adopt_ledger.h):
    // whatever came due until then may have gone out.
    std::optional<WallTime> adopted() const;

    // Whether this is not what was last said of the subject, by any process; it is from now on.
    // The empty text is that there is nothing to say.
    bool is_news(const std::string& subject, const std::string& text);

  private:
    std::optional<WallTime> time(const std::string& subject) const;

    Ledger& ledger_;
};

}  // namespace tocsin
