#include <algorithm>
#include <stdexcept>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {
namespace {

class MemorySendSession : public SendSession {
  public:
    MemorySendSession(std::shared_ptr<World> world, const MailingKey& key, const std::string& owner,
                      WallTime now)
        : world_(std::move(world)), key_(key), hold_(world_, key, owner) {
        if (!mailing().plan) refuse_unplanned(key);
        ++mailing().sends;
        recovery_ = recover(plan(), mailing().control.control, now);
    }

    const Recovery& recovery() const override { return recovery_; }
    std::vector<ClaimedRow> claim(std::size_t most, WallTime now) override;
    std::vector<RowId> begin_sending(std::span<const RowId> rows, WallTime now) override;
    void record(std::span<const RowOutcome> outcomes) override;
    void give_back(std::span<const RowId> rows) override;
    std::optional<WallTime> next_due() override;
    ControlState control() override { return mailing().control; }
    std::size_t settle_suppressions(bool keep, WallTime now) override {
        return world_->settle(key_, keep, now);
    }

  private:
    Mailing& mailing() { return world_->mailings.at(key_); }
    Plan& plan() { return mailing().plan.value(); }
    Row& held(RowId id) {
        Row* row = plan().find(id);
        if (row != nullptr && row->claimed) return *row;
        throw std::invalid_argument("a row that this session has not claimed");
    }
    std::vector<Row*> claimable(WallTime now);
    bool skip_if_suppressed(Row& row);

    std::shared_ptr<World> world_;
    MailingKey key_;
    Hold hold_;
    Recovery recovery_;
};

// Retries that are due, the longest due first, then planned rows; each in plan order.
std::vector<Row*> MemorySendSession::claimable(WallTime now) {
    std::vector<Row*> retries, planned;
    for (Row& row : plan().rows) {
        if (row.claimed) continue;
        if (row.state == State::kPlanned) planned.push_back(&row);
        if (row.state == State::kDeferred && row.not_before <= now) retries.push_back(&row);
    }
    std::stable_sort(retries.begin(), retries.end(),
                     [](const Row* a, const Row* b) { return a->not_before < b->not_before; });
    retries.insert(retries.end(), planned.begin(), planned.end());
    return retries;
}

bool MemorySendSession::skip_if_suppressed(Row& row) {
    const Suppression* entry = world_->suppression_for(row.key, plan().info.list);
    if (entry != nullptr) skip(row, SkipReason::kSuppressed, skip_detail(*entry));
    return entry != nullptr;
}

std::vector<ClaimedRow> MemorySendSession::claim(std::size_t most, WallTime now) {
    std::vector<ClaimedRow> claimed;
    if (control().control != Control::kOpen) return claimed;
    for (Row* row : claimable(now)) {
        if (claimed.size() == most) break;
        if (skip_if_suppressed(*row)) continue;
        row->claimed = true;
        if (!row->first_attempt) row->first_attempt = now;
        claimed.push_back({row->id, row->planned.address, row->planned.cells, row->attempts_made(),
                           row->first_attempt});
    }
    if (!claimed.empty()) plan().info.started = true;
    return claimed;
}

std::vector<RowId> MemorySendSession::begin_sending(std::span<const RowId> rows, WallTime now) {
    for (RowId id : rows) held(id);
    std::vector<RowId> sending;
    for (RowId id : rows) {
        plan().begun = true;
        Row& row = held(id);
        if (skip_if_suppressed(row)) continue;
        row.state = State::kSending;
        row.since = now;
        sending.push_back(id);
    }
    return sending;
}

void MemorySendSession::record(std::span<const RowOutcome> outcomes) {
    for (const RowOutcome& outcome : outcomes) {
        check_outcome(outcome);
        held(outcome.id);
    }
    for (const RowOutcome& outcome : outcomes) {
        plan().begun = true;
        Row& row = held(outcome.id);
        row.state = outcome.state;
        row.not_before = due(outcome);
        row.claimed = false;
        row.attempts.push_back(
            {outcome.transport, outcome.attempt, outcome.state, outcome.decision});
        world_->note_reply(key_, row.key, outcome);
        if (row.state == State::kDeferred) rest(row, control().control);
    }
}

void MemorySendSession::give_back(std::span<const RowId> rows) {
    for (RowId id : rows) held(id);
    for (RowId id : rows) rest(held(id), control().control);
}

std::optional<WallTime> MemorySendSession::next_due() {
    std::optional<WallTime> next;
    for (const Row& row : plan().rows) {
        if (row.state != State::kDeferred || row.claimed) continue;
        if (!next || row.not_before < next) next = row.not_before;
    }
    return next;
}

}  // namespace

std::unique_ptr<SendSession> begin_send(std::shared_ptr<World> world, const MailingKey& mailing,
                                        const std::string& owner, WallTime now) {
    return std::make_unique<MemorySendSession>(std::move(world), mailing, owner, now);
}

}  // namespace tocsin::memory
