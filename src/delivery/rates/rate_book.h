// All limits that one run's mails must keep, and what is spent of them. A mail takes a slot of all
// that apply to it at once, or of none: those of the transport, of the campaign, of the warm-up,
// and of its receiving-domain group.
//
// The book is used within a transaction of the ledger (delivery/rate_gate.h): `load` what the
// ledger has, `take` slots, and store what is `changed`. Then other processes, and later runs, get
// the slots after these. Not shared: what throttle replies made of a group (`slow`); each run finds
// that out.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "delivery/rates/domain_groups.h"
#include "delivery/rates/limiter.h"

namespace tocsin {

struct RunRates {
    std::string transport;  // its name
    TransportLimits limits;
    std::string campaign;  // its id
    Rates rates;           // the campaign's
};

class RateBook {
  public:
    // Of `groups` those that have rates; it may grow later.
    RateBook(const RunRates& rates, const DomainGroups& groups);

    // The keys of the ledger's records: "transport/relay", "campaign/night-buses",
    // "warm-up/relay", "transport/relay/domain/google.com"; only what has a limit.
    std::vector<std::string> scopes() const;
    // Takes over what the ledger has for one of the scopes. False where it cannot be read: then all
    // is taken for spent, which passes within the longest period.
    bool load(const std::string& scope, std::string_view record, const Moment& now);
    struct Changed {
        std::string scope;
        std::string record;
    };
    // What was taken from since the last call, to be stored.
    std::vector<Changed> changed(const Moment& now);

    // The earliest slot from `now` on that everything but a group's own limits allows.
    Microseconds earliest(const Moment& now) const;
    // The earliest slot for a mail to a domain of `group`; it may be far.
    Microseconds earliest(GroupId group, const Moment& now) const;
    // Whether the transport could use a slot before `at`, which is lost to everybody if `at` is
    // taken.
    bool leaves_gap(Microseconds at, const Moment& now) const;
    // Takes it; `at` is what `earliest` returned.
    void take(GroupId group, Microseconds at, const Moment& now);
    // It was not used: what is spent by the day or the hour is less by one again. Where another
    // process has written since, it stays spent.
    void give_back(GroupId group, Microseconds at, const Moment& now);

    // Whether the group waits for more than everybody does.
    bool is_limited(GroupId group) const { return groups_.contains(group); }
    // From now on the group keeps this rate, too, or none but its own, and pauses until a time.
    void slow(GroupId group, const std::optional<Rate>& rate, Microseconds until);

  private:
    struct Scope {
        std::string name;
        std::unique_ptr<Limiter> limiter;
        bool changed = false;
    };
    struct Group {
        Scope* scope = nullptr;
        std::optional<Pace> slowed;
        Microseconds paused_until{0};
        Microseconds earliest(Microseconds from, const Moment& now) const;
    };

    Scope* add(std::string name, std::unique_ptr<Limiter> limiter);
    static void take(Scope& scope, Microseconds at, const Moment& now);

    std::vector<std::unique_ptr<Scope>> scopes_;
    std::vector<Scope*> shared_;  // apply to every mail
    Scope* transport_ = nullptr;  // its rates, if it has any: the first of shared_
    std::unordered_map<GroupId, Group> groups_;
};

}  // namespace tocsin
