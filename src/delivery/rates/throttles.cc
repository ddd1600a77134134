#include "delivery/rates/throttles.h"

namespace tocsin {

std::optional<std::int64_t> per_minute(const Rates& rates) {
    std::optional<std::int64_t> least;
    for (const Rate& rate : rates) {
        std::int64_t one = rate.count * Milliseconds(std::chrono::minutes(1)) / rate.period;
        least = std::max<std::int64_t>(std::min(least.value_or(one), one), 1);
    }
    return least;
}

Throttles::Change Throttles::change(GroupId group, const GroupThrottle& throttle) {
    return {group, throttle.rate(), throttle.paused_until()};
}

std::int64_t Throttles::usual(GroupId group, Microseconds now) const {
    if (auto limit = per_minute(groups_.rates(group))) return *limit;
    auto meter = meters_.find(group);
    if (meter != meters_.end()) {
        if (auto measured = meter->second.per_minute(now); measured > 0) return measured;
    }
    return per_minute(transport_).value_or(all_.per_minute(now));
}

std::optional<Throttles::Change> Throttles::refused(std::string_view domain, Microseconds begun,
                                                    Microseconds now) {
    GroupId group = groups_.separate(domain);
    if (group == kEverybodyElse) return std::nullopt;
    GroupThrottle& throttle = throttles_.try_emplace(group, usual(group, now)).first->second;
    throttle.refused(begun, now);
    return change(group, throttle);
}

std::optional<Throttles::Change> Throttles::accepted(GroupId group, Microseconds now) {
    all_.count(now);
    if (group == kEverybodyElse) return std::nullopt;
    meters_[group].count(now);
    auto throttle = throttles_.find(group);
    if (throttle == throttles_.end() || !throttle->second.accepted()) return std::nullopt;
    return change(group, throttle->second);
}

std::vector<std::string> Throttles::texts() const {
    std::vector<std::string> all;
    for (const auto& [group, throttle] : throttles_) {
        if (throttle.rate()) all.push_back(groups_.name(group) + " " + throttle.text());
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace tocsin
