#include "delivery/rates/domain_groups.h"

#include <algorithm>

#include "delivery/rates/mailbox_providers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostSeparated = 10'000;

// Group 0 is everybody else; the providers follow in their order.
GroupId group_of_provider(std::size_t index) {
    return static_cast<GroupId>(index + 1);
}

}  // namespace

DomainGroups::DomainGroups(const std::map<std::string, DomainLimits>& domains, int connections)
    : connections_(connections) {
    groups_.push_back({"other domains", {}, connections});
    for (const MailboxProvider& provider : mailbox_providers()) {
        int most = std::min(provider.connections.value_or(connections), connections);
        groups_.push_back({std::string(provider.group), {}, most});
    }
    std::map<GroupId, int> configured;  // take the place of a provider's default
    for (const auto& [domain, limits] : domains) {
        GroupId id = of(domain);
        if (id == kEverybodyElse) id = add(domain);
        Rates& rates = groups_[id].rates;
        rates.insert(rates.end(), limits.rates.begin(), limits.rates.end());
        if (!limits.connections) continue;
        int& most = configured.try_emplace(id, connections).first->second;
        most = std::min(most, *limits.connections);
    }
    for (auto [id, most] : configured) groups_[id].connections = most;
}

GroupId DomainGroups::of(std::string_view domain) const {
    if (!own_.empty()) {
        if (auto own = own_.find(domain); own != own_.end()) return own->second;
    }
    auto provider = provider_of(domain);
    return provider ? group_of_provider(*provider) : kEverybodyElse;
}

GroupId DomainGroups::separate(std::string_view domain) {
    GroupId present = of(domain);
    if (present != kEverybodyElse || separated_ >= kMostSeparated) return present;
    ++separated_;
    return add(domain);
}

GroupId DomainGroups::add(std::string_view domain) {
    auto id = static_cast<GroupId>(groups_.size());
    groups_.push_back({std::string(domain), {}, connections_});
    own_.emplace(domain, id);
    return id;
}

}  // namespace tocsin
