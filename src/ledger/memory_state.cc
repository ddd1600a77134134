#include "ledger/memory_state.h"

#include <algorithm>

#include "base/error.h"
#include "ledger/rules.h"

namespace tocsin::memory {

Row* Plan::find(RowId id) {
    auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

bool Plan::has(const std::string& key) const {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
}

bool Plan::has_zones() const {
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
        return row.planned.skip == SkipReason::kNone && !row.planned.zone.empty();
    });
}

bool Plan::has_zone(const std::string& name) const {
    if (name.empty()) return has_zones();
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.planned.skip == SkipReason::kNone && row.planned.zone == name;
    });
}

std::optional<WallTime> Plan::not_before(const Row& row) const {
    std::optional<WallTime> opens;
    auto zone = postponed.find(row.planned.zone);
    if (zone != postponed.end()) opens = zone->second;
    return tocsin::not_before(row.state, row.not_before, opens);
}

bool Plan::mailed_anybody() const {
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
        bool waits = row.state == State::kPlanned || row.state == State::kSkipped;
        return !waits || !row.attempts.empty();
    });
}

Hold::Hold(std::shared_ptr<World> world, const MailingKey& key, const std::string& owner)
    : world_(std::move(world)), key_(key) {
    std::string& holder = world_->mailings[key_].holder;
    if (!holder.empty()) throw Busy(shown(key_) + " is held by " + holder);
    holder = owner;
}

void Hold::release() {
    if (world_ != nullptr) world_->mailings[key_].holder.clear();
    world_.reset();
}

void skip(Row& row, SkipReason reason, const std::string& detail) {
    row.state = State::kSkipped;
    row.skip = reason;
    row.detail = detail;
}

void rest(Row& row, Control control) {
    row.state = resting_state(row.attempts_made(), control);
    row.skip = reason_of(row.state);
    if (row.attempts.empty()) row.first_attempt.reset();
}

void conclude(Row& row, const RowOutcome& outcome, Control control) {
    row.state = recorded_state(outcome, control);
    row.skip = reason_of(row.state);
    row.not_before = due(outcome);
    row.attempts.push_back({outcome.transport, outcome.attempt, outcome.state, outcome.decision});
}

bool approve(Mailing& mailing, const Approval& approval, const std::string& people) {
    for (const Approval& known : mailing.approvals) {
        bool is_same = known.content_hash == approval.content_hash &&
                       known.audience_hash == approval.audience_hash &&
                       known.settings_hash == approval.settings_hash && known.by == approval.by;
        if (is_same) return false;
    }
    mailing.approvals.push_back(approval);
    mailing.approved_people = people;
    return true;
}

Recovery recover(World& world, const MailingKey& key, WallTime now) {
    Recovery recovery;
    Mailing& mailing = world.mailings.at(key);
    for (Row& row : mailing.plan.value().rows) {
        if (row.state != State::kSending) continue;
        if (row.answer) {
            conclude(row, *row.answer, mailing.control.control);
            world.note_reply(key, row.key, *row.answer);
            ++recovery.answered;
        } else if (row.departed) {
            row.state = State::kInDoubt;
            row.attempts.push_back(abandoned_attempt(row.since, now));
        } else {
            rest(row, mailing.control.control);
            ++recovery.not_sent;
        }
        recovery.in_doubt += row.state == State::kInDoubt ? 1 : 0;
    }
    mailing.plan->begun = mailing.plan->mailed_anybody();
    return recovery;
}

}  // namespace tocsin::memory
