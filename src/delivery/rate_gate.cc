#include "delivery/rate_gate.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tocsin {
namespace {

// Slots are given out so far ahead: enough for a mail to be rendered and its intent to be written,
// and little to lose for those who share the rate.
constexpr Microseconds kAhead = std::chrono::milliseconds(200);
// A group's slot that is so much later than the next of all costs the others nothing worth.
constexpr Microseconds kWorthTaking = std::chrono::milliseconds(2);
constexpr std::int64_t kRateWhereNoneIsKnown = 60;  // a minute

std::string_view domain_of(std::string_view key) {
    return key.substr(key.rfind('@') + 1);
}

std::int64_t per_minute(const Rates& rates) {
    std::int64_t least = 0;
    for (const Rate& rate : rates) {
        auto one = rate.count * 60'000 / std::max<std::int64_t>(rate.period.count(), 1);
        least = least == 0 ? one : std::min(least, one);
    }
    return least;
}

}  // namespace

RateGate::RateGate(const RunRates& rates, int connections, const Clock& clock, std::string boot_id)
    : rates_(rates),
      connections_(connections),
      clock_(clock),
      boot_id_(std::move(boot_id)),
      groups_(rates.limits.domains, connections),
      book_(rates, groups_),
      shares_pace_(!rates.limits.rates.empty() || !rates.rates.empty() || rates.limits.warm_up) {}

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
        book_.load(scope, record, asked_);
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
    const Microseconds all = book_.earliest(asked_);
    if (all > asked_.boot + kAhead) return refuse(group, all, Kind::kAllWait);
    const Microseconds own = book_.earliest(group, asked_);
    // A later slot would leave a gap that nobody else can use.
    bool leaves_gap = shares_pace_ && own > all + kWorthTaking;
    if (leaves_gap || own > asked_.boot + kAhead) return refuse(group, own, Kind::kGroupWaits);
    book_.take(group, own, asked_);
    ++under_way_[group];
    bool at_once = !shares_pace_ && !book_.is_limited(group);
    return {Kind::kGo, at_once ? Slot{} : own, ""};
}

ClaimGate::Answer RateGate::refuse(GroupId group, Microseconds earliest, Answer::Kind kind) {
    wait_.until = std::min(wait_.until.value_or(earliest), earliest);
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

void RateGate::take(const Feedback& feedback) {
    const Microseconds at = clock_.since_boot();
    const GroupId group = groups_.of(feedback.domain);
    const std::string& name = groups_.name(group);
    // A domain that became a group of its own meanwhile is counted where it was: as everybody else.
    if (int& count = under_way_[group]; count > 0) --count;
    switch (feedback.kind) {
        case Feedback::Kind::kAccepted:
            pauses_.accepted(name);
            count_accepted(group, at);
            break;
        case Feedback::Kind::kRejected:
            pauses_.rejected(name, false);
            break;
        case Feedback::Kind::kPolicyRefused:
            pauses_.rejected(name, true);
            break;
        default:
            break;
    }
    if (feedback.blocked) pauses_.pause(groups_.name(groups_.separate(feedback.domain)));
    if (feedback.throttled) throttle(feedback, at);
}

void RateGate::throttle(const Feedback& feedback, Microseconds at) {
    GroupId group = groups_.separate(feedback.domain);
    auto known = throttles_.find(group);
    if (known == throttles_.end()) {
        known = throttles_.emplace(group, GroupThrottle(usual_rate(group, at))).first;
    }
    known->second.refused(feedback.begun, at);
    slow(group, known->second);
}

void RateGate::count_accepted(GroupId group, Microseconds at) {
    if (group != kEverybodyElse) meters_[group].count(at);
    auto known = throttles_.find(group);
    if (known != throttles_.end() && known->second.accepted()) slow(group, known->second);
}

void RateGate::slow(GroupId group, const GroupThrottle& throttle) {
    book_.slow(group, throttle.rate(), throttle.paused_until());
}

std::int64_t RateGate::usual_rate(GroupId group, Microseconds at) const {
    auto measured = meters_.find(group);
    std::int64_t lately = measured == meters_.end() ? 0 : measured->second.last_minute(at);
    for (std::int64_t rate : {per_minute(groups_.rates(group)), lately,
                              per_minute(rates_.limits.rates), per_minute(rates_.rates)}) {
        if (rate > 0) return rate;
    }
    return kRateWhereNoneIsKnown;
}

}  // namespace tocsin
