#include "ledger/sqlite/send_session.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/failpoint.h"
#include "base/file.h"
#include "ledger/flight_recorder.h"
#include "ledger/rules.h"
#include "ledger/sqlite/claims.h"
#include "ledger/sqlite/control.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/provisional.h"
#include "ledger/sqlite/recovery.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/suppressions.h"
#include "ledger/sqlite/tally.h"
#include "ledger/sqlite/zones.h"

namespace tocsin::sqlite {
namespace {

// Another sender has begun since, which only happens where the lock file was taken away.
void require_held(bool held) {
    if (held) return;
    throw LedgerError("another sender has taken over this campaign",
                      "Do not remove lock files beside the ledger while a send runs.");
}

class SqliteSendSession : public SendSession {
  public:
    SqliteSendSession(std::shared_ptr<Connection> connection, const std::filesystem::path& ledger,
                      const MailingKey& mailing, const std::string& owner, WallTime now)
        : connection_(std::move(connection)),
          mailing_(mailing),
          lock_(lock_mailing(ledger, mailing, owner, now)) {
        begin(ledger, owner, now);
    }

    const Recovery& recovery() const override { return recovery_; }
    std::vector<ClaimedRow> claim(std::size_t most, WallTime now, ClaimGate* gate) override;
    Committed commit(const Batch& batch, WallTime now) override;
    void departing(RowId row) noexcept override { recorder_->departing(row); }
    void answered(const RowOutcome& outcome) noexcept override { recorder_->answered(outcome); }
    void not_sent(RowId row) noexcept override { recorder_->clear(row); }
    void keep_answers() noexcept override { recorder_->keep(); }
    std::size_t postpone(const std::string& zone, WallTime until) override;
    std::optional<WallTime> next_due() override;
    ControlState control() override;
    std::size_t settle_suppressions(bool keep, WallTime now) override {
        return settle(*connection_, number_, keep, now);
    }

  private:
    // What one transaction changes, taken over when it is committed.
    struct Change {
        TallyChange tally;
        HeldRows held;                                     // claimed or sending from now on
        std::vector<RowId> let_go;                         // held no more
        std::vector<RowId> planned_again;                  // of those, what may be claimed again
        std::vector<std::pair<RowId, WallTime>> deferred;  // and when these come due
    };

    void begin(const std::filesystem::path& ledger, const std::string& owner, WallTime now);
    void record(const std::vector<RowOutcome>& outcomes, Control control, Change& change);
    void give_back(const std::vector<RowId>& rows, Control control, Change& change);
    std::vector<RowId> intend(const std::vector<RowId>& rows, const ControlState& control,
                              WallTime now, Change& change);
    bool skip_if_suppressed(RowId id, const Held& held, WallTime now, std::int64_t event,
                            Change& change);
    static void refuse_ended(RowId id, const Change& change);
    ControlState require_epoch();
    void take_over(Change change);
    const Held& held(RowId id) const;

    std::shared_ptr<Connection> connection_;
    MailingKey mailing_;
    FileLock lock_;
    Plan plan_;
    std::int64_t number_ = 0;  // of the mailing
    std::int64_t epoch_ = 0;
    Recovery recovery_;
    std::optional<FlightRecorder> recorder_;
    std::optional<Claims> claims_;
    HeldRows held_;
    WallTime looked_{};   // when rows were claimed last
    bool begun_ = false;  // the plan is marked so
};

void SqliteSendSession::begin(const std::filesystem::path& ledger, const std::string& owner,
                              WallTime now) {
    const auto file = flight_path(ledger, mailing_);
    const auto record = read_flight_record(file, boot_id());
    Transaction transaction(*connection_);
    auto plan = ready_plan(*connection_, mailing_);
    if (!plan) refuse_unplanned(mailing_);
    plan_ = *plan;
    Mailing mailing = find_mailing(*connection_, mailing_).value();
    number_ = mailing.number;
    epoch_ = connection_->integer(
        0, "UPDATE mailing SET epoch = epoch + 1 WHERE number = ? RETURNING epoch", mailing.number);
    connection_->run("INSERT INTO send VALUES (?, ?, ?, ?)", mailing.number, epoch_, owner, now);
    recovery_ = recover(*connection_, {mailing_, number_, epoch_}, plan_, mailing.control.control,
                        record, now);
    failpoint("recover-before-commit");
    transaction.commit();
    failpoint("recover-after-commit");
    recorder_.emplace(file, boot_id(), epoch_);
    claims_.emplace(*connection_, plan_);
}

std::vector<ClaimedRow> SqliteSendSession::claim(std::size_t most, WallTime now, ClaimGate* gate) {
    return guarded("cannot claim recipients in the ledger", [&] {
        looked_ = now;
        Change change;
        Transaction transaction(*connection_, Durability::kLater);
        if (control().control != Control::kOpen) return std::vector<ClaimedRow>{};
        auto claimed = claims_->take(most, now, gate, change.held, change.tally);
        change.tally.apply(*connection_, plan_.number);
        failpoint("w1-before-commit");
        transaction.commit();
        failpoint("w1-after-claim");
        take_over(std::move(change));
        return claimed;
    });
}

SendSession::Committed SqliteSendSession::commit(const Batch& batch, WallTime now) {
    const char* what = batch.outcomes.empty() ? "cannot note in the ledger what is about to be sent"
                                              : "cannot record in the ledger what was sent";
    return guarded(what, [&] {
        Committed committed;
        Change change;
        Transaction transaction(*connection_);
        committed.control = require_epoch();
        record(batch.outcomes, committed.control.control, change);
        give_back(batch.returned, committed.control.control, change);
        committed.granted = intend(batch.intents, committed.control, now, change);
        change.tally.apply(*connection_, plan_.number);
        bool begins = !batch.outcomes.empty() || !committed.granted.empty();
        if (begins && !begun_) mark_begun(*connection_, plan_);
        if (!batch.returned.empty()) unmark_begun(*connection_, plan_);
        if (!batch.intents.empty()) failpoint("w2-before-commit");
        if (!batch.outcomes.empty()) failpoint("w3-before-commit");
        transaction.commit();
        if (!batch.intents.empty()) failpoint("w2-after-commit");
        if (!batch.outcomes.empty()) failpoint("w3-after-commit");
        // What has come back may have unmarked it.
        begun_ = (begun_ || begins) && batch.returned.empty();
        take_over(std::move(change));
        return committed;
    });
}

void SqliteSendSession::record(const std::vector<RowOutcome>& outcomes, Control control,
                               Change& change) {
    ReplyNotes notes(*connection_, {mailing_, number_, epoch_});
    for (RowOutcome outcome : outcomes) {
        check_outcome(outcome);
        const Held& row = held(outcome.id);
        State state = recorded_state(outcome, control);
        outcome.not_before = due(outcome);
        require_held(
            record_row(*connection_, outcome, row.attempts + 1, row.first_attempt, epoch_, state));
        notes.take(row.key, outcome);
        change.tally.move(row.state, state, reason_of(state));
        change.let_go.push_back(outcome.id);
        if (state == State::kDeferred)
            change.deferred.emplace_back(outcome.id, *outcome.not_before);
    }
}

void SqliteSendSession::give_back(const std::vector<RowId>& rows, Control control, Change& change) {
    for (RowId id : rows) {
        const Held& row = held(id);
        State state = resting_state(row.attempts, control);
        bool was_sending = row.state == State::kSending;
        if (was_sending) {
            require_held(rest_row(*connection_, id, epoch_, state));
            change.tally.move(row.state, state, reason_of(state));
        }
        change.let_go.push_back(id);
        change.planned_again.push_back(id);
    }
}

std::vector<RowId> SqliteSendSession::intend(const std::vector<RowId>& rows,
                                             const ControlState& control, WallTime now,
                                             Change& change) {
    std::vector<RowId> granted;
    if (rows.empty()) return granted;
    bool open = control.control == Control::kOpen;
    std::int64_t event = last_suppression_event(*connection_);
    for (RowId id : rows) {
        refuse_ended(id, change);
        const Held& row = held(id);
        bool sent = open && !skip_if_suppressed(id, row, now, event, change) &&
                    send_row(*connection_, id, epoch_, row.first_attempt, now);
        if (!sent) {
            change.let_go.push_back(id);
            if (!open) change.planned_again.push_back(id);
            continue;
        }
        change.tally.move(row.state, State::kSending);
        change.held[id] = {row.key, State::kSending, row.attempts, row.first_attempt, event};
        granted.push_back(id);
    }
    return granted;
}

bool SqliteSendSession::skip_if_suppressed(RowId id, const Held& row, WallTime now,
                                           std::int64_t event, Change& change) {
    if (event == row.checked) return false;
    auto entry = SuppressionLookup(*connection_, plan_.list, now).find(row.key);
    if (!entry) return false;
    if (skip_free_row(*connection_, id, skip_detail(*entry))) {
        change.tally.move(row.state, State::kSkipped, SkipReason::kSuppressed);
    }
    return true;
}

// A row that the same batch has ended is not held any more.
void SqliteSendSession::refuse_ended(RowId id, const Change& change) {
    if (std::find(change.let_go.begin(), change.let_go.end(), id) == change.let_go.end()) return;
    throw std::invalid_argument("an intent for a row that the same batch ends");
}

void SqliteSendSession::take_over(Change change) {
    for (RowId id : change.let_go) {
        held_.erase(id);
        recorder_->clear(id);
    }
    for (RowId id : change.planned_again) claims_->give_back(id);
    for (auto [id, until] : change.deferred) claims_->defer(id, until);
    for (auto& [id, row] : change.held) held_[id] = std::move(row);
}

std::size_t SqliteSendSession::postpone(const std::string& zone, WallTime until) {
    if (!held_.empty()) refuse_late_postponement();
    return guarded("cannot note in the ledger who waits", [&]() -> std::size_t {
        Transaction transaction(*connection_);
        require_epoch();
        auto waiting = sqlite::postpone(*connection_, plan_, zone, until);
        if (!waiting) return 0;
        failpoint("postpone-before-commit");
        transaction.commit();
        failpoint("postpone-after-commit");
        claims_.emplace(*connection_, plan_);
        return *waiting;
    });
}

// Rows at hand are not to come.
std::optional<WallTime> SqliteSendSession::next_due() {
    return guarded("cannot read the ledger", [&] {
        return first_due(*connection_, plan_, looked_,
                         [&](RowId id) { return held_.contains(id); });
    });
}

ControlState SqliteSendSession::control() {
    return guarded("cannot read the ledger",
                   [&] { return effective_control(*connection_, mailing_); });
}

// What the user has asked of the mailing, read with it.
ControlState SqliteSendSession::require_epoch() {
    Query row = connection_->query(
        "SELECT epoch, control, control_reason, control_since FROM mailing WHERE number = ?",
        number_);
    require_held(row.step() && row.integer(0) == epoch_);
    return or_of_series(*connection_, mailing_,
                        {static_cast<Control>(row.integer(1)), row.text(2), row.time(3)});
}

const Held& SqliteSendSession::held(RowId id) const {
    auto found = held_.find(id);
    if (found == held_.end())
        throw std::invalid_argument("a row that this session has not claimed");
    return found->second;
}

}  // namespace

std::unique_ptr<SendSession> begin_send(std::shared_ptr<Connection> connection,
                                        const std::filesystem::path& ledger,
                                        const MailingKey& mailing, const std::string& owner,
                                        WallTime now) {
    return guarded("cannot begin to send in the ledger", [&] {
        return std::make_unique<SqliteSendSession>(std::move(connection), ledger, mailing, owner,
                                                   now);
    });
}

}  // namespace tocsin::sqlite
