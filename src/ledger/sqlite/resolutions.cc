#include "ledger/sqlite/resolutions.h"

#include <unistd.h>

#include "base/file.h"
#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/recovery.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";
constexpr std::int64_t kReadAtOnce = 1'000;

std::vector<DoubtfulRow> read_some(Connection& connection, const Plan& plan, RowId after) {
    std::vector<DoubtfulRow> found;
    Query rows = connection.query(
        "SELECT id, key, coalesce(address, key) FROM recipient "
        "WHERE id > ? AND id <= ? AND state = 6 ORDER BY id LIMIT ?",
        after, plan.last(), kReadAtOnce);
    while (rows.step()) found.push_back({rows.integer(0), rows.text(1), rows.text(2), {}});
    for (DoubtfulRow& row : found) row.attempts = attempts_of(connection, row.id);
    return found;
}

void note_resolution(Connection& connection, const Verdict& verdict, const std::string& source,
                     WallTime now) {
    connection.run(
        "INSERT INTO resolution VALUES (?1, "
        "(SELECT count(*) + 1 FROM resolution WHERE recipient = ?1), ?2, ?3, ?4, ?5)",
        verdict.id, static_cast<std::int64_t>(verdict.resolution), source, verdict.evidence, now);
}

// Whether the row was still in doubt.
bool resolve_row(Connection& connection, const Verdict& verdict, const std::string& source,
                 WallTime now) {
    State state = resolved_state(verdict.resolution);
    std::optional<WallTime> not_before;
    if (state == State::kDeferred) not_before = now;
    std::size_t changed =
        connection.run("UPDATE recipient SET state = ?, not_before = ? WHERE id = ? AND state = 6",
                       static_cast<std::int64_t>(state), not_before, verdict.id);
    if (changed == 0) return false;
    note_resolution(connection, verdict, source, now);
    if (state == State::kAccepted) {
        connection.run(
            "UPDATE soft_bounce SET cleared = (SELECT mailing FROM plan WHERE number = ?1 >> 24) "
            "WHERE address = (SELECT key FROM recipient WHERE id = ?1) AND cleared IS NULL",
            verdict.id);
    }
    return true;
}

std::size_t resolve_rows(Connection& connection, const Plan& plan,
                         std::span<const Verdict> verdicts, const std::string& source,
                         WallTime now) {
    TallyChange tally;
    std::size_t resolved = 0;
    for (const Verdict& verdict : verdicts) {
        if (verdict.id < plan.first() || verdict.id > plan.last()) refuse_stray_row();
        if (!resolve_row(connection, verdict, source, now)) continue;
        tally.move(State::kInDoubt, resolved_state(verdict.resolution));
        ++resolved;
    }
    tally.apply(connection, plan.number);
    return resolved;
}

}  // namespace

Recovery recover_unheld(Connection& connection, const std::filesystem::path& ledger,
                        const MailingKey& mailing, const std::string& owner, WallTime now) {
    return guarded("cannot recover an earlier send in the ledger", [&]() -> Recovery {
        auto nobody_sends = try_lock_mailing(ledger, mailing, owner, now);
        if (!nobody_sends) return {};
        Transaction transaction(connection);
        auto plan = ready_plan(connection, mailing);
        if (!plan) return {};
        Recovery recovery = recover_dead_send(connection, ledger, mailing, *plan, now);
        transaction.commit();
        return recovery;
    });
}

// In portions, so that what `visit` takes long for holds nothing up.
void for_each_in_doubt(Connection& connection, const MailingKey& mailing,
                       const std::function<void(const DoubtfulRow&)>& visit) {
    auto plan = guarded(kCannotRead, [&] { return ready_plan(connection, mailing); });
    if (!plan) return;
    RowId after = plan->first() - 1;
    for (;;) {
        auto some = guarded(kCannotRead, [&] { return read_some(connection, *plan, after); });
        if (some.empty()) return;
        for (const DoubtfulRow& row : some) visit(row);
        after = some.back().id;
    }
}

std::size_t resolve(Connection& connection, const std::filesystem::path& ledger,
                    const MailingKey& mailing, std::span<const Verdict> verdicts,
                    const std::string& source, WallTime now) {
    return guarded("cannot note in the ledger what becomes of mails in doubt", [&] {
        std::optional<FileLock> nobody_sends;
        if (resends(verdicts)) {
            std::string owner = "pid " + std::to_string(::getpid()) + ", which resolves it,";
            nobody_sends = lock_mailing(ledger, mailing, owner, now);
        }
        Transaction transaction(connection);
        auto plan = ready_plan(connection, mailing);
        if (!plan) refuse_unplanned(mailing);
        if (nobody_sends)
            refuse_cancelled(mailing, find_mailing(connection, mailing).value().control);
        std::size_t resolved = resolve_rows(connection, *plan, verdicts, source, now);
        transaction.commit();
        return resolved;
    });
}

std::vector<ResolutionRecord> resolutions_of(Connection& connection, RowId id) {
    std::vector<ResolutionRecord> records;
    Query rows = connection.query(
        "SELECT resolution, source, evidence, time FROM resolution WHERE recipient = ? "
        "ORDER BY number",
        id);
    while (rows.step()) {
        auto resolution = static_cast<Resolution>(rows.integer(0));
        records.push_back({resolution, rows.text(1), rows.text(2), rows.time(3)});
    }
    return records;
}

}  // namespace tocsin::sqlite
