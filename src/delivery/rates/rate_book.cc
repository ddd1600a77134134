#include "delivery/rates/rate_book.h"

#include <stdexcept>
#include <utility>

#include "delivery/rates/warm_up_limiter.h"

namespace tocsin {

RateBook::RateBook(const RunRates& rates, const DomainGroups& groups) {
    const TransportLimits& limits = rates.limits;
    auto shared = [&](std::string name, std::unique_ptr<Limiter> limiter) {
        shared_.push_back(add(std::move(name), std::move(limiter)));
    };
    std::string transport = "transport/" + rates.transport;
    if (!limits.rates.empty()) {
        shared(transport, std::make_unique<RateLimiter>(limits.rates));
        transport_ = shared_.back();
    }
    if (limits.warm_up) {
        shared("warm-up/" + rates.transport, std::make_unique<WarmUpLimiter>(*limits.warm_up));
    }
    if (!rates.rates.empty()) {
        shared("campaign/" + rates.campaign, std::make_unique<RateLimiter>(rates.rates));
    }
    for (GroupId id = 0; id < groups.size(); ++id) {
        if (groups.rates(id).empty()) continue;
        groups_[id].scope = add(transport + "/domain/" + groups.name(id),
                                std::make_unique<RateLimiter>(groups.rates(id)));
    }
}

RateBook::Scope* RateBook::add(std::string name, std::unique_ptr<Limiter> limiter) {
    scopes_.push_back(std::make_unique<Scope>(Scope{std::move(name), std::move(limiter)}));
    return scopes_.back().get();
}

std::vector<std::string> RateBook::scopes() const {
    std::vector<std::string> names;
    for (const auto& scope : scopes_) names.push_back(scope->name);
    return names;
}

bool RateBook::load(const std::string& scope, std::string_view text, const Moment& now) {
    auto found = std::find_if(scopes_.begin(), scopes_.end(),
                              [&](const auto& candidate) { return candidate->name == scope; });
    if (found == scopes_.end()) throw std::logic_error("no limit has the scope " + scope);
    if (auto record = decode(text)) {
        (*found)->limiter->load(*record, now);
        return true;
    }
    (*found)->limiter->spend(now);
    (*found)->changed = true;
    return false;
}

std::vector<RateBook::Changed> RateBook::changed(const Moment& now) {
    std::vector<Changed> all;
    for (const auto& scope : scopes_) {
        if (!std::exchange(scope->changed, false)) continue;
        all.push_back({scope->name, encode(scope->limiter->save(now))});
    }
    return all;
}

Microseconds RateBook::Group::earliest(Microseconds from, const Moment& now) const {
    Microseconds at = std::max(from, paused_until);
    if (slowed) at = slowed->earliest(at);
    if (scope != nullptr) at = scope->limiter->earliest(at, now);
    return at;
}

Microseconds RateBook::earliest(const Moment& now) const {
    Microseconds at = now.boot;
    for (const Scope* scope : shared_) at = scope->limiter->earliest(at, now);
    return at;
}

Microseconds RateBook::earliest(GroupId group, const Moment& now) const {
    Microseconds at = earliest(now);
    auto own = groups_.find(group);
    return own == groups_.end() ? at : own->second.earliest(at, now);
}

bool RateBook::leaves_gap(Microseconds at, const Moment& now) const {
    return transport_ != nullptr && transport_->limiter->earliest(now.boot, now) < at;
}

void RateBook::take(Scope& scope, Microseconds at, const Moment& now) {
    scope.limiter->take(at, now);
    scope.changed = true;
}

void RateBook::take(GroupId group, Microseconds at, const Moment& now) {
    for (Scope* scope : shared_) take(*scope, at, now);
    auto own = groups_.find(group);
    if (own == groups_.end()) return;
    if (own->second.slowed) own->second.slowed->take(at);
    if (own->second.scope != nullptr) take(*own->second.scope, at, now);
}

void RateBook::give_back(GroupId group, Microseconds at, const Moment& now) {
    auto back = [&](Scope& scope) {
        scope.limiter->give_back(at, now);
        scope.changed = true;
    };
    for (Scope* scope : shared_) back(*scope);
    auto own = groups_.find(group);
    if (own != groups_.end() && own->second.scope != nullptr) back(*own->second.scope);
}

void RateBook::slow(GroupId group, const std::optional<Rate>& rate, Microseconds until) {
    Group& own = groups_.try_emplace(group).first->second;
    own.paused_until = until;
    if (rate && own.slowed) {
        own.slowed->change(*rate);
    } else {
        own.slowed = rate ? std::optional<Pace>(*rate) : std::nullopt;
    }
}

}  // namespace tocsin
