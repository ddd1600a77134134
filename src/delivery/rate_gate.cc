#include "delivery/rate_gate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/log.h"

namespace tocsin {
namespace {

// Slots are given out so far ahead: enough for a mail to be rendered and its intent to be written,
// and little to lose for those who share the rate.
constexpr Microseconds kAhead = std::chrono::milliseconds(200);
// Whoever was refused does not ask again sooner.
constexpr Microseconds kAskPause = std::chrono::milliseconds(20);

std::string_view domain_of(std::string_view key) {
    return key.substr(key.rfind('@') + 1);
}

}  // namespace

RateGate::RateGate(const RunRates& rates, int connections, const Clock& clock, std::string boot_id)
    : connections_(connections),
      clock_(clock),
      boot_id_(std::move(boot_id)),
      groups_(rates.limits.domains, connections),
      book_(rates, groups_),
      shares_pace_(!rates.limits.rates.empty() || !rates.rates.empty() || rates.limits.warm_up),
      throttles_(groups_, rates.limits.rates) {}

Moment RateGate::now() const {
    return {boot_id_, clock_.since_boot(), clock_.now()};
}

void RateGate::open(PaceStore& store) {
    asked_ = now();
    wait_ = {};
    waiting_.clear();
    for (const std::string& scope : book_.scopes()) {
        std::string record = store.read(scope);
        if (record.empty() || record == known_[scope]) continue;
        if (!book_.load(scope, record, asked_)) {
            log_warning("what is spent of the rate " + scope +
                        " cannot be read: it counts as spent, and sending waits");
        }
        known_[scope] = std::move(record);
    }
}

void RateGate::close(PaceStore& store) {
    for (RateBook::Changed& changed : book_.changed(asked_)) {
        store.write(changed.scope, changed.record);
        known_[changed.scope] = std::move(changed.record);
    }
}

ClaimGate::Answer RateGate::ask(const std::string& key) {
    return ask(groups_.of(domain_of(key)));
}

ClaimGate::Answer RateGate::ask_group(const std::string& name) {
    auto known = waiting_.find(name);
    if (known != waiting_.end()) return ask(known->second);
    for (GroupId id = 0; id < groups_.size(); ++id) {
        if (groups_.name(id) == name) return ask(id);
    }
    return ask(kEverybodyElse);
}

ClaimGate::Answer RateGate::ask(GroupId group) {
    using Kind = Answer::Kind;
    const std::string& name = groups_.name(group);
    if (pauses_.paused(name)) {
        std::string why = pauses_.reason(name);
        auto& all = wait_.blocked;
        if (std::find(all.begin(), all.end(), why) == all.end()) all.push_back(std::move(why));
        return {Kind::kGroupWaits, {}, name};
    }
    if (is_full(group)) {
        wait_.for_answers = true;
        return {Kind::kGroupWaits, {}, name};
    }
    const Microseconds all = std::max(book_.earliest(asked_), all_wait_until_);
    if (all > asked_.boot + ahead(all)) return refuse(group, all, Kind::kAllWait);
    const Microseconds own = book_.earliest(group, asked_);
    if (own > asked_.boot + ahead(own)) return refuse(group, own, Kind::kGroupWaits);
    book_.take(group, own, asked_);
    ++under_way_[group];
    bool at_once = !shares_pace_ && !book_.is_limited(group);
    return {Kind::kGo, at_once ? Slot{} : own, ""};
}

// How long before its time a slot may be taken.
Microseconds RateGate::ahead(Microseconds slot) const {
    return book_.leaves_gap(slot, asked_) ? kNearlyDue : kAhead;
}

ClaimGate::Answer RateGate::refuse(GroupId group, Microseconds earliest, Answer::Kind kind) {
    bool first = !wait_.until || earliest < *wait_.until;
    if (first) {
        wait_.until = earliest;
        wait_.ask_again = std::max(earliest - ahead(earliest), asked_.boot + kAskPause);
    }
    waiting_.emplace(groups_.name(group), group);
    return {kind, {}, groups_.name(group)};
}

// The transport's own number of connections bounds the rest.
bool RateGate::is_full(GroupId group) const {
    int most = groups_.connections(group);
    if (most >= connections_) return false;
    auto found = under_way_.find(group);
    return found != under_way_.end() && found->second >= most;
}

void RateGate::take(const GateFeedback& feedback) {
    const Microseconds at = clock_.since_boot();
    const GroupId group = groups_.of(feedback.domain);
    if (int& count = under_way_[group]; count > 0) --count;
    if (feedback.kind == GateFeedback::Kind::kAccepted) {
        pauses_.accepted(name_of(feedback.domain));
        slow(throttles_.accepted(group, at));
    }
    const bool unused = feedback.kind == GateFeedback::Kind::kReturned;
    if (unused && feedback.slot != Slot{}) book_.give_back(group, feedback.slot, now());
    all_wait_until_ = std::max(all_wait_until_, feedback.all_wait_until);
    note_refusal(feedback);
    if (feedback.throttled) slow(throttles_.refused(feedback.domain, feedback.begun, at));
}

void RateGate::note_refusal(const GateFeedback& feedback) {
    bool by_policy = feedback.kind == GateFeedback::Kind::kPolicyRefused;
    bool pauses = feedback.blocked && pauses_.pause(name_of(feedback.domain));
    if (by_policy || feedback.kind == GateFeedback::Kind::kRejected) {
        pauses = pauses_.rejected(name_of(feedback.domain), by_policy) || pauses;
    }
    if (pauses) groups_.separate(feedback.domain);
}

std::string RateGate::name_of(const std::string& domain) const {
    GroupId group = groups_.of(domain);
    return group == kEverybodyElse ? domain : groups_.name(group);
}

void RateGate::slow(const std::optional<Throttles::Change>& change) {
    if (!change) return;
    book_.slow(change->group, change->rate, change->paused_until);
    slowed_ = throttles_.texts();
}

}  // namespace tocsin
