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

void insert_attempt(Connection& connection, RowId id, int attempt_number, std::int64_t epoch,
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
    connection.run("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id,
                   attempt_number, epoch, number(record.state), record.transport,
                   static_cast<std::int64_t>(attempt.phase), code, enhanced, text, error,
                   attempt.started, attempt.ended, decision);
}

}  // namespace

bool skip_free_row(Connection& connection, RowId id, const std::string& detail) {
    return connection.run(
               "UPDATE recipient SET state = 1, skip = ?, detail = ?, not_before = NULL "
               "WHERE id = ? AND state IN (0, 4) AND claim IS NULL",
               kSuppressed, detail, id) == 1;
}

bool send_row(Connection& connection, RowId id, std::int64_t epoch, WallTime first_attempt,
              WallTime now) {
    return connection.run(
               "UPDATE recipient SET state = 2, claim = ?, since = ?, first_attempt = ? "
               "WHERE id = ? AND state IN (0, 4) AND claim IS NULL",
               epoch, now, first_attempt, id) == 1;
}

bool rest_row(Connection& connection, RowId id, std::int64_t epoch, State state) {
    return connection.run(
               "UPDATE recipient SET state = ?1, skip = ?2, claim = NULL, since = NULL, "
               "not_before = iif(?1 = 4, not_before, NULL), "
               "first_attempt = iif(attempts = 0, NULL, first_attempt) WHERE id = ?3 AND claim = "
               "?4",
               number(state), skip_of(state), id, epoch) == 1;
}

bool record_row(Connection& connection, const RowOutcome& outcome, int attempt_number,
                WallTime first_attempt, std::int64_t epoch, State state) {
    std::optional<WallTime> not_before;
    if (state == State::kDeferred) not_before = outcome.not_before;
    std::size_t changed = connection.run(
        "UPDATE recipient SET state = ?1, skip = ?2, claim = NULL, since = NULL, not_before = ?3, "
        "attempts = ?4, first_attempt = coalesce(first_attempt, ?5) "
        "WHERE id = ?6 AND iif(state = 2, claim = ?7, state IN (0, 4) AND claim IS NULL)",
        number(state), skip_of(state), not_before, attempt_number, first_attempt, outcome.id,
        epoch);
    if (changed != 1) return false;
    insert_attempt(connection, outcome.id, attempt_number, epoch,
                   {outcome.transport, outcome.attempt, outcome.state, outcome.decision});
    return true;
}

void doubt_row(Connection& connection, RowId id, int attempt_number, std::int64_t epoch,
               const AttemptRecord& abandoned) {
    connection.run(
        "UPDATE recipient SET state = 6, claim = NULL, since = NULL, not_before = NULL, "
        "attempts = ? WHERE id = ?",
        attempt_number, id);
    insert_attempt(connection, id, attempt_number, epoch, abandoned);
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
