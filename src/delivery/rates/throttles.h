// The throttled groups of a run: who must slow down, by how much, and who may go faster again.
// What it says goes to RateBook::slow().
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "delivery/rates/domain_groups.h"
#include "delivery/rates/group_meter.h"
#include "delivery/rates/group_throttle.h"

namespace tocsin {

class Throttles {
  public:
    // `groups` outlives this. `transport`: its rates.
    Throttles(DomainGroups& groups, const Rates& transport)
        : groups_(groups), transport_(transport) {}

    struct Change {
        GroupId group = kEverybodyElse;
        std::optional<Rate> rate;
        Microseconds paused_until{};
    };
    // A throttle reply came for a mail to `domain` that began at `begun`. Nothing where the domain
    // can have no group of its own any more: all other domains must not be slowed for it.
    std::optional<Change> refused(std::string_view domain, Microseconds begun, Microseconds now);
    // A mail was accepted; something where that makes its group faster.
    std::optional<Change> accepted(GroupId group, Microseconds now);

    // "google.com slowed to 2.5/s": for progress.
    std::vector<std::string> texts() const;

  private:
    static Change change(GroupId group, const GroupThrottle& throttle);
    // What the group took before it was slowed, in mails a minute.
    std::int64_t usual(GroupId group, Microseconds now) const;

    DomainGroups& groups_;
    Rates transport_;
    std::unordered_map<GroupId, GroupThrottle> throttles_;
    std::unordered_map<GroupId, GroupMeter> meters_;
    GroupMeter all_;
};

// The mails a minute that all of `rates` allow in the long run, at least one; nothing without
// rates.
std::optional<std::int64_t> per_minute(const Rates& rates);

}  // namespace tocsin
