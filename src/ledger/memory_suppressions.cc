#include <algorithm>
#include <tuple>
#include <utility>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {

const Suppression* World::suppression_for(const std::string& key, const std::string& list) const {
    for (const std::string& scope : {std::string(kEverything), list}) {
        auto found = suppressions.find({key, scope});
        if (found != suppressions.end()) return &found->second;
    }
    return nullptr;
}

bool World::suppress(const Suppression& entry, std::int64_t run) {
    auto [standing, is_new] = suppressions.emplace(std::pair(entry.address, entry.scope), entry);
    if (!is_new && !gives_way(standing->second, entry)) return false;
    standing->second = entry;
    history.push_back({entry, SuppressionChange::kAdded, run});
    return true;
}

void World::note(const MailingKey& mailing, const Suppression& entry) {
    Mailing& noted_in = mailings.at(mailing);
    for (const SuppressionEvent& present : noted_in.provisional) {
        if (present.entry.address == entry.address && present.entry.scope == entry.scope) return;
    }
    noted_in.provisional.push_back({entry, SuppressionChange::kNoted, noted_in.sends});
    history.push_back(noted_in.provisional.back());
}

void World::note_reply(const MailingKey& mailing, const std::string& key,
                       const RowOutcome& outcome) {
    if (outcome.state == State::kAccepted) soft_bounces.erase(key);
    if (outcome.suppress) note(mailing, suppression_of_reply(outcome, key, mailing));
    if (!outcome.soft_bounce) return;
    soft_bounces[key].insert(mailing);
    if (soft_bounces[key].size() < kSoftBouncesToSuppress) return;
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
        event.change = SuppressionChange::kForgotten;
        history.push_back(event);
    }
    if (!keep) {
        for (auto& [address, bounced] : soft_bounces) bounced.erase(mailing);
    }
    return events.size();
}

std::size_t World::undo(const ReplyFilter& filter, const std::string& source, WallTime now) {
    auto note = [&](Suppression entry, SuppressionChange change, std::int64_t run) {
        entry.source = source;
        entry.time = now;
        history.push_back({entry, change, run});
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

}  // namespace tocsin::memory
