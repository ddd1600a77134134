#include "ledger/sqlite/control.h"

#include <unistd.h>

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/recovery.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

std::size_t cancel_rows(Connection& connection, const Plan& plan, State state,
                        const std::string& reason) {
    return connection.run(
        "UPDATE recipient SET state = 1, skip = 5, detail = ?, not_before = NULL "
        "WHERE id BETWEEN ? AND ? AND state = ? AND claim IS NULL",
        reason, plan.first(), plan.last(), static_cast<std::int64_t>(state));
}

void cancel_plan(Connection& connection, const Plan& plan, const std::string& reason) {
    TallyChange tally;
    for (State state : {State::kPlanned, State::kDeferred}) {
        auto count = static_cast<std::int64_t>(cancel_rows(connection, plan, state, reason));
        tally.move(state, State::kSkipped, SkipReason::kCancelled, count);
    }
    tally.apply(connection, plan.number);
}

}  // namespace

ControlState read_control(Connection& connection, const MailingKey& mailing) {
    auto found = find_mailing(connection, mailing);
    return found ? found->control : ControlState{};
}

ControlState or_of_series(Connection& connection, const MailingKey& mailing, ControlState own) {
    if (mailing.occurrence.empty()) return own;
    ControlState series = read_control(connection, mailing.series());
    return is_stricter(series, own) ? series : own;
}

ControlState effective_control(Connection& connection, const MailingKey& mailing) {
    return or_of_series(connection, mailing, read_control(connection, mailing));
}

void write_control(Connection& connection, const std::filesystem::path& ledger,
                   const MailingKey& key, const ControlState& control) {
    guarded("cannot note in the ledger what becomes of the campaign", [&] {
        bool cancels = control.control == Control::kCancelled;
        std::optional<FileLock> nobody_sends;
        if (cancels) {
            nobody_sends = try_lock_mailing(
                ledger, key, "pid " + std::to_string(::getpid()) + ", which cancels it,",
                control.since);
        }
        Transaction transaction(connection);
        Mailing mailing = require_mailing(connection, key);
        refuse_cancelled(key, mailing.control);
        connection.run(
            "UPDATE mailing SET control = ?, control_reason = ?, control_since = ? "
            "WHERE number = ?",
            static_cast<std::int64_t>(control.control), control.reason, control.since,
            mailing.number);
        auto plan = ready_plan(connection, key);
        if (cancels && plan) {
            if (nobody_sends) recover_dead_send(connection, ledger, key, *plan, control.since);
            cancel_plan(connection, *plan, control.reason);
        }
        transaction.commit();
    });
}

}  // namespace tocsin::sqlite
