#include "ledger/sqlite/rows.h"

namespace tocsin::sqlite {
namespace {

constexpr auto kSuppressed = static_cast<std::int64_t>(SkipReason::kSuppressed);
constexpr auto kCancelled = static_cast<std::int64_t>(SkipReason::kCancelled);

std::int64_t number(State state) {
    return static_cast<std::int64_t>(state);
}

std::int64_t skip_of(State state) {
    return state == State::kSkipped ? kCancelled : 0;
}

// Numbered by the row's count, which has been raised for it.
void insert_attempt(Connection& connection, RowId id, std::int64_t epoch,
                    const AttemptRecord& record) {
    const Attempt& attempt = record.attempt;
    std::optional<std::int64_t> code;
    std::optional<std::string> enhanced, text, error, decision;
    if (attempt.reply) {
        code = attempt.reply->code;
        enhanced = attempt.reply->enhanced;
        text = attempt.reply->text;
    }
    if (!attempt.error.empty()) error = attempt.error;
    if (!record.decision.empty()) decision = record.decision;
    connection.run(
        "INSERT INTO attempt VALUES (?1, (SELECT attempts FROM recipient WHERE id = ?1), "
        "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        id, epoch, number(record.state), record.transport, static_cast<std::int64_t>(attempt.phase),
        code, enhanced, text, error, attempt.started, attempt.ended, decision);
}

}  // namespace

void claim_row(Connection& connection, RowId id, std::int64_t epoch, WallTime now) {
    connection.run(
        "UPDATE recipient SET claim = ?, first_attempt = coalesce(first_attempt, ?) WHERE id = ?",
        epoch, now, id);
}

void skip_free_row(Connection& connection, RowId id, const std::string& detail) {
    connection.run(
        "UPDATE recipient SET state = 1, skip = ?, detail = ?, not_before = NULL WHERE id = ?",
        kSuppressed, detail, id);
}

bool skip_row(Connection& connection, RowId id, std::int64_t epoch, const std::string& detail) {
    return connection.run(
               "UPDATE recipient SET state = 1, skip = ?, detail = ?, not_before = NULL, "
               "claim = NULL WHERE id = ? AND claim = ?",
               kSuppressed, detail, id, epoch) == 1;
}

bool send_row(Connection& connection, RowId id, std::int64_t epoch, WallTime now) {
    return connection.run("UPDATE recipient SET state = 2, since = ? WHERE id = ? AND claim = ?",
                          now, id, epoch) == 1;
}

bool rest_row(Connection& connection, RowId id, std::int64_t epoch, State state) {
    return connection.run(
               "UPDATE recipient SET state = ?1, skip = ?2, claim = NULL, since = NULL, "
               "not_before = iif(?1 = 4, not_before, NULL), "
               "first_attempt = iif(attempts = 0, NULL, first_attempt) WHERE id = ?3 AND claim = "
               "?4",
               number(state), skip_of(state), id, epoch) == 1;
}

bool record_row(Connection& connection, const RowOutcome& outcome, std::int64_t epoch,
                State state) {
    std::optional<WallTime> not_before;
    if (state == State::kDeferred) not_before = outcome.not_before;
    std::size_t changed = connection.run(
        "UPDATE recipient SET state = ?, skip = ?, claim = NULL, since = NULL, not_before = ?, "
        "attempts = attempts + 1 WHERE id = ? AND claim = ?",
        number(state), skip_of(state), not_before, outcome.id, epoch);
    if (changed != 1) return false;
    insert_attempt(connection, outcome.id, epoch,
                   {outcome.transport, outcome.attempt, outcome.state, outcome.decision});
    return true;
}

void doubt_row(Connection& connection, RowId id, std::int64_t epoch,
               const AttemptRecord& abandoned) {
    connection.run(
        "UPDATE recipient SET state = 6, claim = NULL, since = NULL, not_before = NULL, "
        "attempts = attempts + 1 WHERE id = ?",
        id);
    insert_attempt(connection, id, epoch, abandoned);
}

std::vector<AttemptRecord> attempts_of(Connection& connection, RowId id) {
    std::vector<AttemptRecord> records;
    Query rows = connection.query(
        "SELECT transport, state, phase, code, enhanced, reply, error, started, ended, decision "
        "FROM attempt WHERE recipient = ? ORDER BY number",
        id);
    while (rows.step()) {
        AttemptRecord record{rows.text(0), {}, static_cast<State>(rows.integer(1)), rows.text(9)};
        record.attempt.phase = static_cast<Phase>(rows.integer(2));
        if (!rows.is_null(3)) {
            record.attempt.reply =
                SmtpReply{static_cast<int>(rows.integer(3)), rows.text(4), rows.text(5)};
        }
        record.attempt.error = rows.text(6);
        record.attempt.started = rows.time(7);
        record.attempt.ended = rows.time(8);
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace tocsin::sqlite
