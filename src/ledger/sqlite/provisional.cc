#include "ledger/sqlite/provisional.h"

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/suppressions.h"

namespace tocsin::sqlite {
namespace {

void keep_all(Connection& connection, std::int64_t mailing) {
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run)"
        " SELECT 0, address, scope, reason, source, time, campaign, run FROM provisional p "
        "WHERE mailing = ? AND NOT EXISTS (SELECT 1 FROM suppression s "
        "WHERE s.address = p.address AND s.scope = p.scope) ORDER BY address, scope",
        mailing);
    connection.run(
        "INSERT INTO suppression SELECT address, scope, reason, source, time, campaign "
        "FROM provisional WHERE mailing = ? ON CONFLICT DO NOTHING",
        mailing);
    connection.run(
        "DELETE FROM soft_bounce WHERE address IN "
        "(SELECT address FROM provisional WHERE mailing = ?)",
        mailing);
}

void forget_all(Connection& connection, std::int64_t mailing, WallTime now) {
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run)"
        " SELECT 3, address, scope, reason, source, ?2, campaign, run FROM provisional "
        "WHERE mailing = ?1 ORDER BY address, scope",
        mailing, now);
    connection.run("DELETE FROM soft_bounce WHERE mailing = ?", mailing);
}

// rules.h, matches
#define FROM_REPLIES                                            \
    "WHERE source = 'reply' "                                   \
    "AND reason NOT IN ('unsubscribe', 'complaint', 'manual') " \
    "AND (?1 = '' OR campaign = ?1) AND time >= ?2 AND (?3 IS NULL OR time < ?3)"

std::size_t lift_kept(Connection& connection, const ReplyFilter& filter, const std::string& source,
                      WallTime now) {
    WallTime from = filter.from.value_or(WallTime{});
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign) "
        "SELECT 1, address, scope, reason, ?4, ?5, campaign FROM suppression " FROM_REPLIES
        " ORDER BY address, scope",
        filter.campaign, from, filter.until, source, now);
    return connection.run("DELETE FROM suppression " FROM_REPLIES, filter.campaign, from,
                          filter.until);
}

std::size_t lift_provisional(Connection& connection, const ReplyFilter& filter,
                             const std::string& source, WallTime now) {
    WallTime from = filter.from.value_or(WallTime{});
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run)"
        " SELECT 3, address, scope, reason, ?4, ?5, campaign, run FROM provisional " FROM_REPLIES
        " ORDER BY mailing, address, scope",
        filter.campaign, from, filter.until, source, now);
    return connection.run("DELETE FROM provisional " FROM_REPLIES, filter.campaign, from,
                          filter.until);
}

#undef FROM_REPLIES

}  // namespace

void ReplyNotes::take(const std::string& key, const RowOutcome& outcome) {
    if (outcome.state == State::kAccepted && any_soft_bounces())
        connection_.run("DELETE FROM soft_bounce WHERE address = ?", key);
    if (outcome.suppress) note(suppression_of_reply(outcome, key, run_.mailing));
    if (outcome.soft_bounce) count_soft_bounce(key, outcome);
}

bool ReplyNotes::any_soft_bounces() {
    if (!any_soft_bounces_)
        any_soft_bounces_ = connection_.integer(0, "SELECT 1 FROM soft_bounce LIMIT 1") != 0;
    return *any_soft_bounces_;
}

void ReplyNotes::count_soft_bounce(const std::string& key, const RowOutcome& outcome) {
    any_soft_bounces_ = true;
    connection_.run("INSERT OR REPLACE INTO soft_bounce VALUES (?, ?, ?)", key, run_.number,
                    outcome.attempt.ended);
    auto mailings =
        connection_.integer(0, "SELECT count(*) FROM soft_bounce WHERE address = ?", key);
    if (static_cast<std::size_t>(mailings) < kSoftBouncesToSuppress) return;
    note(suppression_of_soft_bounces(outcome, key, run_.mailing));
}

void ReplyNotes::note(const Suppression& entry) {
    std::size_t added = connection_.run(
        "INSERT INTO provisional VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        run_.number, entry.address, entry.scope, entry.reason, entry.source, entry.time,
        entry.campaign, run_.epoch);
    if (added != 0) note_event(connection_, {entry, SuppressionChange::kNoted, run_.epoch});
}

std::size_t settle(Connection& connection, std::int64_t mailing, bool keep, WallTime now) {
    return guarded("cannot write the suppression list", [&] {
        bool none = connection.integer(0, "SELECT 1 FROM provisional WHERE mailing = ? LIMIT 1",
                                       mailing) == 0;
        if (keep && none) return std::size_t{0};
        Transaction transaction(connection);
        if (keep)
            keep_all(connection, mailing);
        else
            forget_all(connection, mailing, now);
        std::size_t settled = connection.run("DELETE FROM provisional WHERE mailing = ?", mailing);
        transaction.commit();
        return settled;
    });
}

std::size_t undo(Connection& connection, const ReplyFilter& filter, const std::string& source,
                 WallTime now) {
    return guarded("cannot write the suppression list", [&] {
        Transaction transaction(connection);
        std::size_t undone = lift_kept(connection, filter, source, now) +
                             lift_provisional(connection, filter, source, now);
        transaction.commit();
        return undone;
    });
}

}  // namespace tocsin::sqlite
