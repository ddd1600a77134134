// How fast mail may leave, and when a run stops by itself: as tocsin.yaml and campaigns say it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace tocsin {

// `20/s`: at most `count` ends of data in any window of `period`.
struct Rate {
    std::int64_t count = 1;
    Milliseconds period{1000};
    friend bool operator==(const Rate&, const Rate&) = default;
};

// All hold at once. The one with the shortest period sets the pace, evenly spaced; the others are
// budgets that may be spent at that pace.
using Rates = std::vector<Rate>;

// A budget for each day that grows: day 0 begins at `from`, UTC. After the last step there is no
// limit of this kind.
struct WarmUp {
    std::chrono::sys_days from{};
    std::vector<std::int64_t> steps;  // messages a day
    friend bool operator==(const WarmUp&, const WarmUp&) = default;
};

// What one receiving domain, or the group of domains of one provider, accepts.
struct DomainLimits {
    Rates rates;
    std::optional<int> connections;  // messages under way at once
    friend bool operator==(const DomainLimits&, const DomainLimits&) = default;
};

struct TransportLimits {
    Rates rates;
    std::optional<WarmUp> warm_up;
    std::map<std::string, DomainLimits> domains;  // by domain, ASCII lower case
    Milliseconds give_up_after = std::chrono::hours(48);
    friend bool operator==(const TransportLimits&, const TransportLimits&) = default;
};

// A run pauses when at least `percent` of its answers are rejections, from the `after`th answer on.
struct Breaker {
    int percent = 10;
    int after = 200;
    friend bool operator==(const Breaker&, const Breaker&) = default;
};

}  // namespace tocsin
