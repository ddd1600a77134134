#include "ledger/sqlite/provisional.h"

#include <vector>

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/soft_bounces.h"
#include "ledger/sqlite/suppressions.h"

namespace tocsin::sqlite {
namespace {

std::vector<SuppressionEvent> read_provisional(Query rows) {
    std::vector<SuppressionEvent> found;
    while (rows.step()) {
        found.push_back(
            {{rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.time(4), rows.text(5)},
             SuppressionChange::kNoted,
             rows.integer(6)});
    }
    return found;
}

#define PROVISIONAL "SELECT address, scope, reason, source, time, campaign, run FROM provisional "

void keep(Connection& connection, const SuppressionEvent& noted) {
    add_entry(connection, noted.entry, noted.run);
    forget_soft_bounces(connection, noted.entry.address);
}

void forget(Connection& connection, SuppressionEvent noted, WallTime now) {
    noted.change = SuppressionChange::kForgotten;
    noted.entry.time = now;
    note_event(connection, noted);
}

// rules.h, matches
#define FROM_REPLIES                                            \
    "WHERE source = 'reply' "                                   \
    "AND reason NOT IN ('unsubscribe', 'complaint', 'manual') " \
    "AND (?1 = '' OR campaign = ?1) AND time >= ?2 AND (?3 IS NULL OR time < ?3)"

std::size_t lift_kept(Connection& connection, const ReplyFilter& filter, const std::string& source,
                      WallTime now) {
    WallTime from = filter.from.value_or(WallTime{});
    std::vector<Suppression> lifted;
    {
        Query rows =
            connection.query("SELECT * FROM suppression " FROM_REPLIES " ORDER BY address, scope",
                             filter.campaign, from, filter.until);
        while (rows.step()) lifted.push_back(read_entry(rows));
    }
    for (Suppression& entry : lifted) {
        entry.source = source;
        entry.time = now;
        note_event(connection, {entry, SuppressionChange::kLifted, 0});
    }
    return connection.run("DELETE FROM suppression " FROM_REPLIES, filter.campaign, from,
                          filter.until);
}

std::size_t lift_provisional(Connection& connection, const ReplyFilter& filter,
                             const std::string& source, WallTime now) {
    WallTime from = filter.from.value_or(WallTime{});
    auto lifted = read_provisional(connection.query(PROVISIONAL FROM_REPLIES
                                                    " ORDER BY mailing, address, scope",
                                                    filter.campaign, from, filter.until));
    for (SuppressionEvent& noted : lifted) {
        noted.entry.source = source;
        forget(connection, noted, now);
    }
    connection.run("DELETE FROM provisional " FROM_REPLIES, filter.campaign, from, filter.until);
    return lifted.size();
}

#undef FROM_REPLIES

}  // namespace

void ReplyNotes::take(const std::string& key, const RowOutcome& outcome) {
    if (outcome.state == State::kAccepted && any_soft_bounces())
        clear_soft_bounces(connection_, key, run_.number);
    if (outcome.suppress) note(suppression_of_reply(outcome, key, run_.mailing));
    if (outcome.soft_bounce) count_soft_bounce(key, outcome);
}

bool ReplyNotes::any_soft_bounces() {
    if (!any_soft_bounces_) any_soft_bounces_ = sqlite::any_soft_bounces(connection_);
    return *any_soft_bounces_;
}

void ReplyNotes::count_soft_bounce(const std::string& key, const RowOutcome& outcome) {
    any_soft_bounces_ = true;
    std::size_t mailings =
        sqlite::count_soft_bounce(connection_, key, run_.number, outcome.attempt.ended);
    if (mailings < kSoftBouncesToSuppress) return;
    note(suppression_of_soft_bounces(outcome, key, run_.mailing));
}

void ReplyNotes::note(const Suppression& entry) {
    std::size_t added = connection_.run(
        "INSERT INTO provisional VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        run_.number, entry.address, entry.scope, entry.reason, entry.source, entry.time,
        entry.campaign, run_.epoch);
    if (added != 0) note_event(connection_, {entry, SuppressionChange::kNoted, run_.epoch});
}

std::size_t settle(Connection& connection, std::int64_t mailing, bool keeps, WallTime now) {
    return guarded("cannot write the suppression list", [&] {
        bool none = connection.integer(0, "SELECT 1 FROM provisional WHERE mailing = ? LIMIT 1",
                                       mailing) == 0;
        if (keeps && none) return std::size_t{0};
        Transaction transaction(connection);
        auto noted = read_provisional(
            connection.query(PROVISIONAL "WHERE mailing = ? ORDER BY address, scope", mailing));
        for (const SuppressionEvent& one : noted) {
            if (keeps)
                keep(connection, one);
            else
                forget(connection, one, now);
        }
        if (!keeps) connection.run("DELETE FROM soft_bounce WHERE mailing = ?", mailing);
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

#undef PROVISIONAL

}  // namespace tocsin::sqlite
