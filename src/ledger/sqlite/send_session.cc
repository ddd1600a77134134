#include "ledger/sqlite/send_session.h"

#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/failpoint.h"
#include "base/file.h"
#include "ledger/rules.h"
#include "ledger/sqlite/candidates.h"
#include "ledger/sqlite/control.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/provisional.h"
#include "ledger/sqlite/recovery.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/suppressions.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

// A row that this session has claimed.
struct Held {
    std::string key;
    State state = State::kPlanned;  // or kDeferred, kSending
    int attempts = 0;
    std::int64_t checked = 0;  // the last suppression event when it was checked
};
using HeldRows = std::unordered_map<RowId, Held>;

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
        begin(owner, now);
    }

    const Recovery& recovery() const override { return recovery_; }
    std::vector<ClaimedRow> claim(std::size_t most, WallTime now) override;
    std::vector<RowId> begin_sending(std::span<const RowId> rows, WallTime now) override;
    void record(std::span<const RowOutcome> outcomes) override;
    void give_back(std::span<const RowId> rows) override;
    std::optional<WallTime> next_due() override;
    ControlState control() override;
    std::size_t settle_suppressions(bool keep, WallTime now) override {
        return settle(*connection_, number_, keep, now);
    }

  private:
    void begin(const std::string& owner, WallTime now);
    void claim_some(std::vector<Candidate> candidates, WallTime now, TallyChange& tally,
                    std::vector<ClaimedRow>& claimed, HeldRows& held);
    void mark_claimed();
    void mark_begun();
    bool skip_if_suppressed(RowId id, const Held& held, std::int64_t event, TallyChange& tally);
    const Held& held(RowId id) const;

    std::shared_ptr<Connection> connection_;
    MailingKey mailing_;
    FileLock lock_;
    Plan plan_;
    std::int64_t number_ = 0;  // of the mailing
    std::int64_t epoch_ = 0;
    Recovery recovery_;
    Progress progress_;
    HeldRows held_;
};

void SqliteSendSession::begin(const std::string& owner, WallTime now) {
    Transaction transaction(*connection_);
    auto plan = ready_plan(*connection_, mailing_);
    if (!plan) refuse_unplanned(mailing_);
    plan_ = *plan;
    Mailing mailing = find_mailing(*connection_, mailing_).value();
    number_ = mailing.number;
    epoch_ = connection_->integer(
        0, "UPDATE mailing SET epoch = epoch + 1 WHERE number = ? RETURNING epoch", mailing.number);
    connection_->run("INSERT INTO send VALUES (?, ?, ?, ?)", mailing.number, epoch_, owner, now);
    recovery_ = recover(*connection_, plan_, mailing.control.control, now);
    failpoint("recover-before-commit");
    transaction.commit();
    failpoint("recover-after-commit");
    progress_.passed = plan_.first() - 1;
}

std::vector<ClaimedRow> SqliteSendSession::claim(std::size_t most, WallTime now) {
    return guarded("cannot claim recipients in the ledger", [&] {
        std::vector<ClaimedRow> claimed;
        HeldRows held;
        TallyChange tally;
        Progress progress = progress_;
        Transaction transaction(*connection_, Durability::kLater);
        if (control().control != Control::kOpen) return claimed;
        for (bool planned : {false, true}) {
            while (claimed.size() < most) {
                std::size_t wanted = most - claimed.size();
                auto found = planned ? next_planned(*connection_, plan_, progress, wanted)
                                     : due_retries(*connection_, plan_, now, wanted);
                if (found.empty()) break;
                claim_some(std::move(found), now, tally, claimed, held);
            }
        }
        tally.apply(*connection_, plan_.number);
        if (!claimed.empty()) mark_claimed();
        failpoint("w1-before-commit");
        transaction.commit();
        failpoint("w1-after-claim");
        progress_ = std::move(progress);
        held_.merge(held);
        return claimed;
    });
}

void SqliteSendSession::claim_some(std::vector<Candidate> candidates, WallTime now,
                                   TallyChange& tally, std::vector<ClaimedRow>& claimed,
                                   HeldRows& held) {
    std::int64_t event = last_suppression_event(*connection_);
    for (Candidate& candidate : candidates) {
        ClaimedRow& row = candidate.row;
        if (auto entry = suppression_for(*connection_, candidate.key, plan_.list)) {
            skip_free_row(*connection_, row.id, skip_detail(*entry));
            tally.move(candidate.state, State::kSkipped, SkipReason::kSuppressed);
            continue;
        }
        claim_row(*connection_, row.id, epoch_, now);
        if (!row.first_attempt) row.first_attempt = now;
        held[row.id] = {std::move(candidate.key), candidate.state, row.attempts, event};
        claimed.push_back(std::move(row));
    }
}

std::vector<RowId> SqliteSendSession::begin_sending(std::span<const RowId> rows, WallTime now) {
    return guarded("cannot note in the ledger what is about to be sent", [&] {
        std::vector<RowId> sending, skipped;
        if (rows.empty()) return sending;
        TallyChange tally;
        Transaction transaction(*connection_);
        std::int64_t event = last_suppression_event(*connection_);
        for (RowId id : rows) {
            const Held& row = held(id);
            if (skip_if_suppressed(id, row, event, tally)) {
                skipped.push_back(id);
                continue;
            }
            require_held(send_row(*connection_, id, epoch_, now));
            tally.move(row.state, State::kSending);
            sending.push_back(id);
        }
        mark_begun();
        tally.apply(*connection_, plan_.number);
        failpoint("w2-before-commit");
        transaction.commit();
        failpoint("w2-after-commit");
        for (RowId id : sending) held_[id].state = State::kSending;
        for (RowId id : skipped) held_.erase(id);
        return sending;
    });
}

bool SqliteSendSession::skip_if_suppressed(RowId id, const Held& row, std::int64_t event,
                                           TallyChange& tally) {
    if (event == row.checked) return false;
    auto entry = suppression_for(*connection_, row.key, plan_.list);
    if (!entry) return false;
    require_held(skip_row(*connection_, id, epoch_, skip_detail(*entry)));
    tally.move(row.state, State::kSkipped, SkipReason::kSuppressed);
    return true;
}

void SqliteSendSession::record(std::span<const RowOutcome> outcomes) {
    guarded("cannot record in the ledger what was sent", [&] {
        if (outcomes.empty()) return;
        TallyChange tally;
        Transaction transaction(*connection_);
        ReplyNotes notes(*connection_, {mailing_, number_, epoch_});
        bool cancelled = control().control == Control::kCancelled;
        for (RowOutcome outcome : outcomes) {
            check_outcome(outcome);
            const Held& row = held(outcome.id);
            bool over = cancelled && outcome.state == State::kDeferred;
            State state = over ? State::kSkipped : outcome.state;
            outcome.not_before = due(outcome);
            require_held(record_row(*connection_, outcome, epoch_, state));
            notes.take(row.key, outcome);
            tally.move(row.state, state, over ? SkipReason::kCancelled : SkipReason::kNone);
        }
        mark_begun();
        tally.apply(*connection_, plan_.number);
        failpoint("w3-before-commit");
        transaction.commit();
        failpoint("w3-after-commit");
        for (const RowOutcome& outcome : outcomes) held_.erase(outcome.id);
    });
}

void SqliteSendSession::give_back(std::span<const RowId> rows) {
    guarded("cannot give recipients back in the ledger", [&] {
        if (rows.empty()) return;
        TallyChange tally;
        Progress progress = progress_;
        Transaction transaction(*connection_);
        Control now = control().control;
        for (RowId id : rows) {
            const Held& row = held(id);
            State state = resting_state(row.attempts, now);
            require_held(rest_row(*connection_, id, epoch_, state));
            bool over = state == State::kSkipped;
            tally.move(row.state, state, over ? SkipReason::kCancelled : SkipReason::kNone);
            if (state == State::kPlanned) progress.returned.insert(id);
        }
        tally.apply(*connection_, plan_.number);
        transaction.commit();
        for (RowId id : rows) held_.erase(id);
        progress_ = std::move(progress);
    });
}

std::optional<WallTime> SqliteSendSession::next_due() {
    return guarded("cannot read the ledger", [&]() -> std::optional<WallTime> {
        Query row = connection_->query(
            "SELECT not_before FROM recipient INDEXED BY retry WHERE state = 4 AND id >> 24 = ? "
            "AND claim IS NULL ORDER BY not_before LIMIT 1",
            plan_.number);
        if (!row.step()) return std::nullopt;
        return row.time(0);
    });
}

ControlState SqliteSendSession::control() {
    return guarded("cannot read the ledger", [&] { return read_control(*connection_, mailing_); });
}

void SqliteSendSession::mark_claimed() {
    connection_->run("UPDATE plan SET claimed = 1 WHERE number = ? AND claimed = 0", plan_.number);
}

void SqliteSendSession::mark_begun() {
    connection_->run("UPDATE plan SET begun = 1 WHERE number = ? AND begun = 0", plan_.number);
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
