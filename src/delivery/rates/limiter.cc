#include "delivery/rates/limiter.h"

#include <utility>

namespace tocsin {

Rates by_period(Rates rates) {
    auto order = [](const Rate& a, const Rate& b) {
        return std::pair(a.period, a.count) < std::pair(b.period, b.count);
    };
    std::sort(rates.begin(), rates.end(), order);
    auto same = [](const Rate& a, const Rate& b) { return a.period == b.period; };
    rates.erase(std::unique(rates.begin(), rates.end(), same), rates.end());
    return rates;
}

RateLimiter::RateLimiter(const Rates& rates) : pace_(by_period(rates).front()) {
    Rates all = by_period(rates);
    Microseconds late = lateness(all.front().period);
    for (std::size_t i = 1; i < all.size(); ++i) budgets_.emplace_back(all[i], late);
}

Microseconds RateLimiter::earliest(Microseconds from, const Moment&) const {
    Microseconds at = pace_.earliest(from);
    for (const Budget& budget : budgets_) at = std::max(at, budget.earliest(at));
    return at;
}

void RateLimiter::take(Microseconds at, const Moment&) {
    pace_.take(at);
    for (Budget& budget : budgets_) budget.take(at);
}

void RateLimiter::give_back(Microseconds at, const Moment&) {
    for (Budget& budget : budgets_) budget.give_back(at);
}

RateRecord RateLimiter::save(const Moment& now) const {
    RateRecord record{now, {pace_.save()}};
    for (const Budget& budget : budgets_) record.entries.push_back(budget.save());
    return record;
}

void RateLimiter::load(const RateRecord& record, const Moment& now) {
    pace_.load(record, now);
    for (Budget& budget : budgets_) budget.load(record, now);
}

void RateLimiter::spend(const Moment& now) {
    pace_.spend(now.boot);
    for (Budget& budget : budgets_) budget.spend(now.boot);
}

}  // namespace tocsin
