#include "ledger/sqlite/provisional.h"

#include <utility>
#include <vector>

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/portions.h"
#include "ledger/sqlite/soft_bounces.h"
#include "ledger/sqlite/suppressions.h"

namespace tocsin::sqlite {
namespace {

// A provisional entry where it stands.
struct Noted {
    std::int64_t mailing = 0;
    SuppressionEvent event;
};

std::vector<Noted> read_provisional(Query rows) {
    std::vector<Noted> found;
    while (rows.step()) {
        Suppression entry{rows.text(0), rows.text(1), rows.text(2),
                          rows.text(3), rows.time(4), rows.text(5)};
        found.push_back(
            {rows.integer(7), {std::move(entry), SuppressionChange::kNoted, rows.integer(6)}});
    }
    return found;
}

#define PROVISIONAL \
    "SELECT address, scope, reason, source, time, campaign, run, mailing FROM provisional "

// Whether it still stood: the list was read before the transaction began.
bool remove(Connection& connection, const Noted& noted) {
    const Suppression& entry = noted.event.entry;
    return connection.run("DELETE FROM provisional WHERE mailing = ? AND address = ? AND scope = ?",
                          noted.mailing, entry.address, entry.scope) == 1;
}

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
    std::vector<Suppression> kept;
    {
        Query rows =
            connection.query("SELECT * FROM suppression " FROM_REPLIES " ORDER BY address, scope",
                             filter.campaign, from, filter.until);
        while (rows.step()) kept.push_back(read_entry(rows));
    }
    std::size_t lifted = 0;
    Portions(connection).write(kept.size(), [&](std::size_t index) {
        Suppression& entry = kept[index];
        // What a person said meanwhile stands.
        bool stood = connection.run(
                         "DELETE FROM suppression " FROM_REPLIES " AND address = ?4 AND scope = ?5",
                         filter.campaign, from, filter.until, entry.address, entry.scope) == 1;
        if (!stood) return;
        ++lifted;
        entry.source = source;
        entry.time = now;
        note_event(connection, {entry, SuppressionChange::kLifted, 0});
    });
    return lifted;
}

std::size_t lift_provisional(Connection& connection, const ReplyFilter& filter,
                             const std::string& source, WallTime now) {
    WallTime from = filter.from.value_or(WallTime{});
    auto noted = read_provisional(connection.query(PROVISIONAL FROM_REPLIES
                                                   " ORDER BY mailing, address, scope",
                                                   filter.campaign, from, filter.until));
    std::size_t lifted = 0;
    Portions(connection).write(noted.size(), [&](std::size_t index) {
        Noted& one = noted[index];
        if (!remove(connection, one)) return;
        ++lifted;
        one.event.entry.source = source;
        forget(connection, one.event, now);
    });
    return lifted;
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
    std::size_t mailings = sqlite::count_soft_bounce(connection_, key, run_.number,
                                                     outcome.attempt.ended, SoftBounceBy::kReply);
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
        auto noted = read_provisional(
            connection.query(PROVISIONAL "WHERE mailing = ? ORDER BY address, scope", mailing));
        std::size_t settled = 0;
        Portions(connection).write(noted.size(), [&](std::size_t index) {
            if (!remove(connection, noted[index])) return;
            ++settled;
            keeps ? keep(connection, noted[index].event)
                  : forget(connection, noted[index].event, now);
        });
        if (!keeps) forget_soft_replies(connection, mailing);
        return settled;
    });
}

std::size_t undo(Connection& connection, const ReplyFilter& filter, const std::string& source,
                 WallTime now) {
    return guarded("cannot write the suppression list", [&] {
        return lift_kept(connection, filter, source, now) +
               lift_provisional(connection, filter, source, now);
    });
}

#undef PROVISIONAL

}  // namespace tocsin::sqlite
