#include <algorithm>
#include <tuple>
#include <utility>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {

const Suppression* World::suppression_for(const std::string& key, const std::string& list,
                                          WallTime now) const {
    demand_permanent_names(
        *names, std::any_of(suppressions.begin(), suppressions.end(), [](const auto& item) {
            return item.first.first.starts_with(kPermanentName);
        }));
    for (const std::string& name : names->all(key)) {
        for (const std::string& scope : {std::string(kEverything), list}) {
            auto found = suppressions.find({name, scope});
            if (found != suppressions.end() && blocks(found->second, now)) return &found->second;
        }
    }
    return nullptr;
}

// The history keeps no address that the list would not keep.
void World::record(Suppression entry, SuppressionChange change, std::int64_t run) {
    entry.address = names->kept(entry.address);
    history.push_back({std::move(entry), change, run});
}

bool World::suppress(const Suppression& entry, std::int64_t run) {
    bool stands = false;
    for (const std::string& name : names->all(entry.address)) {
        auto standing = suppressions.find({name, entry.scope});
        if (standing == suppressions.end() || gives_way(standing->second, entry)) continue;
        renew(standing->second, entry, run);
        stands = true;
    }
    if (stands) return false;
    Suppression kept = entry;
    kept.address = names->kept(entry.address);
    suppressions[{kept.address, kept.scope}] = kept;
    record(kept, SuppressionChange::kAdded, run);
    return true;
}

void World::renew(Suppression& standing, const Suppression& entry, std::int64_t run) {
    if (!is_said_again(standing, entry)) return;
    bool is_told = is_worth_an_event(standing, entry);
    standing.time = entry.time;
    if (is_told) record(standing, SuppressionChange::kAdded, run);
}

void World::lift_just(Suppression entry, const Feedback& said) {
    auto found = suppressions.find({entry.address, entry.scope});
    if (found == suppressions.end()) return;
    const Suppression& one = found->second;
    if (std::tie(one.reason, one.source, one.time) !=
        std::tie(entry.reason, entry.source, entry.time))
        return;
    suppressions.erase(found);
    entry.source = said.source;
    entry.time = said.time;
    record(std::move(entry), SuppressionChange::kLifted, 0);
}

void World::for_each_suppression(const SuppressionFilter& filter,
                                 const std::function<void(const Suppression&)>& visit) const {
    const auto wanted = names->all(filter.address);
    for (const auto& [place, entry] : suppressions) {
        bool is_of = filter.address.empty() ||
                     std::find(wanted.begin(), wanted.end(), entry.address) != wanted.end();
        if (is_of && (filter.scope.empty() || filter.scope == entry.scope) &&
            (filter.reason.empty() || filter.reason == entry.reason))
            visit(entry);
    }
}

std::size_t World::lift(const SuppressionFilter& filter, const std::string& source, WallTime now) {
    std::vector<Suppression> lifted;
    for_each_suppression(filter, [&](const Suppression& entry) { lifted.push_back(entry); });
    for (Suppression& entry : lifted) {
        suppressions.erase({entry.address, entry.scope});
        entry.source = source;
        entry.time = now;
        record(entry, SuppressionChange::kLifted, 0);
    }
    return lifted.size();
}

void World::note(const MailingKey& mailing, const Suppression& entry) {
    Mailing& noted_in = mailings.at(mailing);
    for (const SuppressionEvent& present : noted_in.provisional) {
        if (present.entry.address == entry.address && present.entry.scope == entry.scope) return;
    }
    noted_in.provisional.push_back({entry, SuppressionChange::kNoted, noted_in.sends});
    record(entry, SuppressionChange::kNoted, noted_in.sends);
}

void World::note_reply(const MailingKey& mailing, const std::string& key,
                       const RowOutcome& outcome) {
    if (outcome.state == State::kAccepted) accepted(mailing, key);
    if (outcome.suppress) note(mailing, suppression_of_reply(outcome, key, mailing));
    if (!outcome.soft_bounce) return;
    if (count_soft_bounce(mailing, key, false) < kSoftBouncesToSuppress) return;
    note(mailing, suppression_of_soft_bounces(outcome, key, mailing));
}

std::size_t World::settle(const MailingKey& mailing, bool keep, WallTime now) {
    std::vector<SuppressionEvent> events = std::move(mailings.at(mailing).provisional);
    mailings.at(mailing).provisional.clear();
    auto place = [](const SuppressionEvent& e) { return std::tie(e.entry.address, e.entry.scope); };
    std::sort(events.begin(), events.end(),
              [&](const auto& a, const auto& b) { return place(a) < place(b); });
    for (SuppressionEvent& event : events) {
        if (keep) {
            suppress(event.entry, event.run);
            soft_bounces.erase(event.entry.address);
            continue;
        }
        event.entry.time = now;
        record(event.entry, SuppressionChange::kForgotten, event.run);
    }
    if (!keep) {
        for (auto& [address, bounced] : soft_bounces) {
            auto here = bounced.find(mailing);
            if (here != bounced.end() && !here->second.reported) bounced.erase(here);
        }
    }
    return events.size();
}

std::size_t World::undo(const ReplyFilter& filter, const std::string& source, WallTime now) {
    auto note = [&](Suppression entry, SuppressionChange change, std::int64_t run) {
        entry.source = source;
        entry.time = now;
        record(entry, change, run);
        return true;
    };
    std::size_t undone = std::erase_if(suppressions, [&](const auto& item) {
        return matches(filter, item.second) && note(item.second, SuppressionChange::kLifted, 0);
    });
    for (auto& [key, mailing] : mailings) {
        undone += std::erase_if(mailing.provisional, [&](const SuppressionEvent& event) {
            return matches(filter, event.entry) &&
                   note(event.entry, SuppressionChange::kForgotten, event.run);
        });
    }
    return undone;
}

std::size_t World::untold_entries() const {
    auto is_untold = [&](const auto& item) {
        const std::string& address = item.first.first;
        bool is_told = false;
        for (std::size_t kind = 0; kind < names->kinds(); ++kind)
            is_told |= address.starts_with(names->prefix(kind));
        return address.starts_with(kNameInToken) && !is_told;
    };
    return static_cast<std::size_t>(
        std::count_if(suppressions.begin(), suppressions.end(), is_untold));
}

bool World::has_names(const std::string& prefix) const {
    auto has = [&](const std::string& address) { return address.starts_with(prefix); };
    return std::any_of(history.begin(), history.end(),
                       [&](const auto& event) { return has(event.entry.address); }) ||
           std::any_of(feedback.begin(), feedback.end(),
                       [&](const auto& one) { return has(one.address); });
}

}  // namespace tocsin::memory
