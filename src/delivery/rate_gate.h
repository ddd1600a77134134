// Who may be mailed now: rates, warm-up, what each receiving group takes at once, and what its
// answers have made of that in this run. Used by one thread, that of the ledger's writer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "delivery/policy_pause.h"
#include "delivery/rates/domain_groups.h"
#include "delivery/rates/rate_book.h"
#include "delivery/rates/throttles.h"
#include "ledger/ledger.h"

namespace tocsin {

// What became of a row that the gate let through, as far as it matters for the next ones.
struct GateFeedback {
    enum class Kind { kReturned, kAccepted, kRejected, kPolicyRefused, kOther };
    Kind kind = Kind::kOther;
    std::string domain;             // of the recipient
    bool throttled = false;         // its group wants less
    bool blocked = false;           // its group wants nothing from us any more
    Microseconds begun{};           // when the mail began, since boot
    Slot slot{};                    // of kReturned: the one that was not used, or zero
    Microseconds all_wait_until{};  // a provider wants nothing from this account before; since boot
};

class RateGate : public ClaimGate {
  public:
    RateGate(const RunRates& rates, int connections, const Clock& clock, std::string boot_id);

    void open(PaceStore& store) override;
    void close(PaceStore& store) override;
    Answer ask(const std::string& key) override;
    Answer ask_group(const std::string& group) override;
    void take(const GateFeedback& feedback);

    // What those wait for whom the last claim refused.
    struct Wait {
        std::optional<Microseconds> until;  // the next slot, since boot
        Microseconds ask_again{};           // where there is one
        bool for_answers = false;           // as many as a group takes at once are under way
        std::vector<std::string> blocked;   // why groups get nothing more in this run
    };
    const Wait& wait() const { return wait_; }

    // The groups that go slower for what their receivers have answered: "google.com slowed to
    // 2.5/s".
    const std::vector<std::string>& slowed() const { return slowed_; }

  private:
    Moment now() const;
    Answer ask(GroupId group);
    Microseconds ahead(Microseconds slot) const;
    Answer refuse(GroupId group, Microseconds earliest, Answer::Kind kind);
    bool is_full(GroupId group) const;
    void note_refusal(const GateFeedback& feedback);
    void slow(const std::optional<Throttles::Change>& change);
    // A domain among all the others is looked at by itself: one must not stop them all.
    std::string name_of(const std::string& domain) const;

    int connections_;
    const Clock& clock_;
    std::string boot_id_;
    DomainGroups groups_;
    RateBook book_;
    bool shares_pace_;                          // a limit holds for all groups together
    std::map<std::string, std::string> known_;  // the ledger's records as last read or written
    std::unordered_map<GroupId, int> under_way_;
    Throttles throttles_;
    std::vector<std::string> slowed_;
    PolicyPause pauses_;
    Microseconds all_wait_until_{};
    std::map<std::string, GroupId, std::less<>> waiting_;  // groups that were refused, by name
    Moment asked_;
    Wait wait_;
};

}  // namespace tocsin
