#include <algorithm>
#include <set>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {

void World::accepted(const MailingKey& mailing, const std::string& key) {
    for (auto& [bounced_in, cleared] : soft_bounces[key]) {
        if (!cleared) cleared = mailing;
    }
}

std::size_t World::count_soft_bounce(const MailingKey& mailing, const std::string& key) {
    auto& bounces = soft_bounces[key];
    bounces[mailing].reset();
    return static_cast<std::size_t>(std::count_if(
        bounces.begin(), bounces.end(), [](const auto& bounce) { return !bounce.second; }));
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
        if (noted.campaign.empty()) noted.campaign = mailing.campaign;
    }
    feedback.push_back(noted);
    if (note.suppress) suppress(*note.suppress);
    if (note.soft_bounce && !noted.address.empty()) bounced_softly(mailing, noted);
    return true;
}

void World::bounced_softly(const MailingKey& mailing, const Feedback& noted) {
    if (!mailings.contains(mailing)) return;
    for (auto& [bounced_in, cleared] : soft_bounces[noted.address]) {
        if (cleared == mailing) cleared.reset();
    }
    if (count_soft_bounce(mailing, noted.address) < kSoftBouncesToSuppress) return;
    suppress(suppression_of_feedback(noted));
    soft_bounces.erase(noted.address);
}

FeedbackCounts World::feedback_counts(const MailingKey& mailing) const {
    std::map<FeedbackKind, std::set<std::string>> people;
    for (const Feedback& one : feedback) {
        MailingKey of;
        bool has_row = one.row != 0;
        bool counts = has_row ? find(one.row, of) != nullptr && of == mailing
                              : mailing == MailingKey{one.campaign, ""};
        if (counts) people[one.kind].insert(one.address);
    }
    return {people[FeedbackKind::kBounce].size(), people[FeedbackKind::kDelay].size(),
            people[FeedbackKind::kComplaint].size(), people[FeedbackKind::kUnsubscribe].size()};
}

}  // namespace tocsin::memory
