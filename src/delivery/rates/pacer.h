// When a mail that has a slot really begins. Slots are evenly spaced, but whoever uses them comes
// late: by a tick of the loop, or because every connection was busy. Late ones must not bunch with
// those that follow.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "delivery/rates/rate_book.h"

namespace tocsin {

// For one rate, of which this process is the only user. Its mails begin so that
// - never more than `count` do within any half-open window of `period`, as really measured: each
//   waits until `period` has passed since the count'th before it;
// - two that follow each other are half a pace apart at least, less two milliseconds, which a loop
//   cannot tell. Not a whole pace: then each delay would delay all that follow.
class Pacer {
  public:
    explicit Pacer(const Rate& rate);
    // The earliest time for the next mail to begin.
    Microseconds ready() const;
    void begun(Microseconds at);

  private:
    Microseconds period_;
    Microseconds apart_;
    // The last `count` beginnings; of large counts each stride'th, from which one a little later
    // is taken for that of the count'th before.
    std::int64_t stride_;
    std::vector<Microseconds> begun_;  // a ring, filled with the distant past
    std::size_t next_ = 0;
    std::int64_t skipped_ = 0;
    Microseconds last_;
};

// The pacers of all that applies to a mail: transport, campaign, domain group.
class Pacers {
  public:
    Pacers(const RunRates& rates, const DomainGroups& groups);

    // When the mail may begin that has this slot; nothing where the slot has lapsed and the mail
    // needs another one: it would begin later than the other processes that share the rate can
    // allow for. A mail of a transport without rates is always ready.
    std::optional<Microseconds> ready(GroupId group, Microseconds slot, Microseconds now) const;
    void begun(GroupId group, Microseconds at);

  private:
    struct Paced {
        Pacer pacer;
        Microseconds late;
    };
    static void add(std::vector<Paced>& to, const Rates& rates);

    std::vector<Paced> shared_;
    std::unordered_map<GroupId, std::vector<Paced>> groups_;  // one each
};

}  // namespace tocsin
