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
    row.claimed = false;
}

void rest(Row& row, Control control) {
    row.state = resting_state(row.attempts_made(), control);
    if (row.state == State::kSkipped) row.skip = SkipReason::kCancelled;
    if (row.attempts.empty()) row.first_attempt.reset();
    row.claimed = false;
}

Recovery recover(Plan& plan, Control control, WallTime now) {
    Recovery recovery;
    for (Row& row : plan.rows) {
        if (!row.claimed) continue;
        if (row.state != State::kSending) {
            rest(row, control);
            continue;
        }
        row.state = State::kInDoubt;
        row.claimed = false;
        row.attempts.push_back(abandoned_attempt(row.since, now));
        ++recovery.in_doubt;
    }
    return recovery;
}

}  // namespace tocsin::memory
