#include <algorithm>
#include <deque>
#include <map>
#include <stdexcept>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {
namespace {

class WorldPaces : public PaceStore {
  public:
    explicit WorldPaces(World& world) : world_(world) {}
    std::string read(const std::string& scope) override {
        auto found = world_.paces.find(scope);
        return found == world_.paces.end() ? "" : found->second;
    }
    void write(const std::string& scope, const std::string& state) override {
        world_.paces[scope] = state;
    }

  private:
    World& world_;
};

class MemorySendSession : public SendSession {
  public:
    MemorySendSession(std::shared_ptr<World> world, const MailingKey& key, const std::string& owner,
                      WallTime now)
        : world_(std::move(world)), key_(key), hold_(world_, key, owner) {
        if (!mailing().plan) refuse_unplanned(key);
        ++mailing().sends;
        recovery_ = recover(*world_, key_, now);
    }

    const Recovery& recovery() const override { return recovery_; }
    std::vector<ClaimedRow> claim(std::size_t most, WallTime now, ClaimGate* gate) override;
    Committed commit(const Batch& batch, WallTime now) override;
    void departing(RowId row) noexcept override {
        std::lock_guard lock(world_->mutex);
        plan().find(row)->departed = true;
    }
    void answered(const RowOutcome& outcome) noexcept override {
        std::lock_guard lock(world_->mutex);
        Row* row = plan().find(outcome.id);
        if (row->departed) row->answer = outcome;
    }
    void not_sent(RowId row) noexcept override {
        std::lock_guard lock(world_->mutex);
        plan().find(row)->departed = false;
    }
    void keep_answers() noexcept override {}
    std::size_t postpone(const std::string& zone, WallTime until) override;
    std::optional<WallTime> next_due() override;
    ControlState control() override {
        std::lock_guard lock(world_->mutex);
        const ControlState& own = mailing().control;
        if (key_.occurrence.empty()) return own;
        const ControlState& series = world_->mailings[key_.series()].control;
        return is_stricter(series, own) ? series : own;
    }
    std::size_t settle_suppressions(bool keep, WallTime now) override {
        std::lock_guard lock(world_->mutex);
        return world_->settle(key_, keep, now);
    }

  private:
    Mailing& mailing() { return world_->mailings.at(key_); }
    Plan& plan() { return mailing().plan.value(); }
    Row& held(RowId id) {
        if (held_.contains(id)) return *plan().find(id);
        throw std::invalid_argument("a row that this session has not claimed");
    }
    std::vector<Row*> claimable(WallTime now);
    bool skip_if_suppressed(Row& row, WallTime now);
    bool intend(Row& row, WallTime now);
    void check(const Batch& batch);

    std::shared_ptr<World> world_;
    MailingKey key_;
    Hold hold_;
    Recovery recovery_;
    WallTime looked_{};               // when rows were claimed last
    std::map<RowId, WallTime> held_;  // claimed or sending, and the first attempt's time
};

// Retries that are due, the longest due first, then planned rows; each in plan order.
std::vector<Row*> MemorySendSession::claimable(WallTime now) {
    std::vector<Row*> retries, planned;
    for (Row& row : plan().rows) {
        if (held_.contains(row.id)) continue;
        if (!row.waits() || plan().not_before(row) > now) continue;
        (row.state == State::kPlanned ? planned : retries).push_back(&row);
    }
    std::stable_sort(retries.begin(), retries.end(),
                     [](const Row* a, const Row* b) { return a->not_before < b->not_before; });
    retries.insert(retries.end(), planned.begin(), planned.end());
    return retries;
}

bool MemorySendSession::skip_if_suppressed(Row& row, WallTime now) {
    const Suppression* entry = world_->suppression_for(row.key, plan().info.list, now);
    if (entry != nullptr) skip(row, SkipReason::kSuppressed, skip_detail(*entry));
    return entry != nullptr;
}

std::vector<ClaimedRow> MemorySendSession::claim(std::size_t most, WallTime now, ClaimGate* gate) {
    std::lock_guard lock(world_->mutex);
    looked_ = now;
    std::vector<ClaimedRow> claimed;
    if (control().control != Control::kOpen) return claimed;
    WorldPaces paces(*world_);
    if (gate != nullptr) gate->open(paces);
    for (Row* row : claimable(now)) {
        if (claimed.size() == most) break;
        if (skip_if_suppressed(*row, now)) continue;
        auto answer = gate != nullptr ? gate->ask(row->key) : ClaimGate::Answer{};
        if (answer.kind == ClaimGate::Answer::Kind::kAllWait) break;
        if (answer.kind == ClaimGate::Answer::Kind::kGroupWaits) continue;
        WallTime first_attempt = row->first_attempt.value_or(now);
        held_[row->id] = first_attempt;
        claimed.push_back({row->id, row->planned.address, row->planned.cells, row->attempts_made(),
                           first_attempt, answer.slot});
    }
    if (gate != nullptr) gate->close(paces);
    return claimed;
}

// Nothing is done where one row is not held.
void MemorySendSession::check(const Batch& batch) {
    for (const RowOutcome& outcome : batch.outcomes) {
        check_outcome(outcome);
        held(outcome.id);
    }
    for (RowId id : batch.returned) held(id);
    for (RowId id : batch.intents) held(id);
}

SendSession::Committed MemorySendSession::commit(const Batch& batch, WallTime now) {
    std::lock_guard lock(world_->mutex);
    check(batch);
    const Control now_asked = control().control;
    Committed committed{{}, control()};
    for (const RowOutcome& outcome : batch.outcomes) {
        Row& row = held(outcome.id);
        if (!row.first_attempt) row.first_attempt = held_.at(row.id);
        conclude(row, outcome, now_asked);
        world_->note_reply(key_, row.key, outcome);
        held_.erase(outcome.id);
    }
    for (RowId id : batch.returned) {
        Row& row = held(id);
        bool over = row.state == State::kSkipped;  // cancelled since its claim
        if (!over) rest(row, now_asked);
        held_.erase(id);
    }
    for (RowId id : batch.intents) {
        if (intend(held(id), now))
            committed.granted.push_back(id);
        else
            held_.erase(id);
    }
    plan().begun = plan().mailed_anybody();
    return committed;
}

bool MemorySendSession::intend(Row& row, WallTime now) {
    bool open = control().control == Control::kOpen;
    if (!open || !row.waits() || skip_if_suppressed(row, now)) return false;
    row.state = State::kSending;
    row.first_attempt = held_.at(row.id);
    row.since = now;
    row.departed = false;
    row.answer.reset();
    return true;
}

std::size_t MemorySendSession::postpone(const std::string& zone, WallTime until) {
    std::lock_guard lock(world_->mutex);
    if (!held_.empty()) refuse_late_postponement();
    std::size_t postponed = 0;
    if (!plan().has_zone(zone)) return postponed;
    for (const Row& row : plan().rows) {
        if (!row.waits() || row.planned.zone != zone) continue;
        postponed += plan().not_before(row) < until ? 1 : 0;
    }
    WallTime& opens = plan().postponed[zone];
    opens = std::max(opens, until);
    return postponed;
}

std::optional<WallTime> MemorySendSession::next_due() {
    std::lock_guard lock(world_->mutex);
    std::optional<WallTime> next;
    for (const Row& row : plan().rows) {
        if (!row.waits() || held_.contains(row.id)) continue;
        auto due = plan().not_before(row);
        bool has_opened = row.state == State::kPlanned && due <= looked_;
        if (due && !has_opened && (!next || due < next)) next = due;
    }
    return next;
}

}  // namespace

std::unique_ptr<SendSession> begin_send(std::shared_ptr<World> world, const MailingKey& mailing,
                                        const std::string& owner, WallTime now) {
    return std::make_unique<MemorySendSession>(std::move(world), mailing, owner, now);
}

}  // namespace tocsin::memory
