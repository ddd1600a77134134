#include <algorithm>
#include <set>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {

void World::accepted(const MailingKey& mailing, const std::string& key) {
    for (auto& [bounced_in, bounce] : soft_bounces[key]) {
        if (!bounce.cleared) bounce.cleared = mailing;
    }
}

std::size_t World::count_soft_bounce(const MailingKey& mailing, const std::string& key,
                                     bool reported) {
    auto& bounces = soft_bounces[key];
    bounces[mailing].cleared.reset();
    bounces[mailing].reported |= reported;
    return static_cast<std::size_t>(std::count_if(
        bounces.begin(), bounces.end(), [](const auto& item) { return !item.second.cleared; }));
}

const Row* World::find(RowId id, MailingKey& mailing) const {
    for (const auto& [key, of] : mailings) {
        if (!of.plan) continue;
        for (const Row& row : of.plan->rows) {
            if (row.id != id) continue;
            mailing = key;
            return &row;
        }
    }
    return nullptr;
}

bool World::note_feedback(const FeedbackNote& note) {
    for (const Suppression& entry : note.lift) lift_just(entry, note.feedback);
    bool known = std::any_of(feedback.begin(), feedback.end(),
                             [&](const Feedback& one) { return one.id == note.feedback.id; });
    if (known) return false;
    Feedback noted = note.feedback;
    MailingKey mailing{noted.campaign, ""};
    if (const Row* row = find(noted.row, mailing)) {
        if (noted.address.empty()) noted.address = row->key;
        noted.campaign = mailing.campaign;
    }
    feedback.push_back(noted);
    if (note.suppress) suppress(*note.suppress);
    if (note.soft_bounce && !noted.address.empty()) bounced_softly(mailing, noted);
    return true;
}

void World::bounced_softly(const MailingKey& mailing, const Feedback& noted) {
    if (!mailings.contains(mailing)) return;
    for (auto& [bounced_in, bounce] : soft_bounces[noted.address]) {
        if (bounce.cleared == mailing) bounce.cleared.reset();
    }
    if (count_soft_bounce(mailing, noted.address, true) < kSoftBouncesToSuppress) return;
    suppress(suppression_of_feedback(noted));
    soft_bounces.erase(noted.address);
}

FeedbackCounts World::feedback_counts(const MailingKey& mailing) const {
    std::map<FeedbackKind, std::set<RowId>> people;
    auto of = mailings.find(mailing);
    if (of == mailings.end() || !of->second.plan) return {};
    for (const Feedback& one : feedback) {
        for (const Row& row : of->second.plan->rows) {
            bool by_address =
                one.row == 0 && one.address == row.key && mailing == MailingKey{one.campaign, ""};
            if (one.row == row.id || by_address) people[one.kind].insert(row.id);
        }
    }
    return {people[FeedbackKind::kBounce].size(), people[FeedbackKind::kDelay].size(),
            people[FeedbackKind::kComplaint].size(), people[FeedbackKind::kUnsubscribe].size(),
            people[FeedbackKind::kDelivery].size()};
}

}  // namespace tocsin::memory
