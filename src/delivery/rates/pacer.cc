#include "delivery/rates/pacer.h"

namespace tocsin {
namespace {

constexpr std::int64_t kMostRemembered = 1024;
constexpr Microseconds kLoopTick = Milliseconds(2);
constexpr Microseconds kDistantPast{INT64_MIN / 2};

}  // namespace

Pacer::Pacer(const Rate& rate)
    : period_(rate.period),
      apart_(std::max(period_ / rate.count / 2 - kLoopTick, Microseconds{0})),
      stride_((rate.count + kMostRemembered - 1) / kMostRemembered),
      begun_(static_cast<std::size_t>(rate.count / stride_), kDistantPast),
      last_(kDistantPast) {}

Microseconds Pacer::ready() const {
    return std::max(begun_[next_] + period_, last_ + apart_);
}

void Pacer::begun(Microseconds at) {
    last_ = at;
    if (skipped_ == 0) {
        begun_[next_] = at;
        next_ = (next_ + 1) % begun_.size();
    }
    skipped_ = (skipped_ + 1) % stride_;
}

Pacers::Pacers(const RunRates& rates, const DomainGroups& groups) {
    add(shared_, rates.limits.rates);
    add(shared_, rates.rates);
    for (GroupId id = 0; id < groups.size(); ++id) {
        if (!groups.rates(id).empty()) add(groups_[id], groups.rates(id));
    }
}

void Pacers::add(std::vector<Paced>& to, const Rates& rates) {
    if (rates.empty()) return;
    Rate pace = by_period(rates).front();
    to.push_back({Pacer(pace), lateness(pace.period)});
}

std::optional<Microseconds> Pacers::ready(GroupId group, Microseconds slot,
                                          Microseconds now) const {
    Microseconds at = slot;
    Microseconds late = Microseconds::max();
    auto consider = [&](const std::vector<Paced>& paced) {
        for (const Paced& one : paced) {
            at = std::max(at, one.pacer.ready());
            late = std::min(late, one.late);
        }
    };
    consider(shared_);
    if (auto own = groups_.find(group); own != groups_.end()) consider(own->second);
    bool lapsed = std::max(at, now) - slot > late;
    return lapsed ? std::nullopt : std::optional(at);
}

void Pacers::begun(GroupId group, Microseconds at) {
    for (Paced& one : shared_) one.pacer.begun(at);
    auto own = groups_.find(group);
    if (own == groups_.end()) return;
    for (Paced& one : own->second) one.pacer.begun(at);
}

}  // namespace tocsin
