// The writes that move one row from state to state. Each belongs into a transaction of the caller,
// who keeps the tally; each returns whether the row was still as the caller knew it.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// The state of a row that nobody sends; false where it is none that can be skipped any more.
bool skip_free_row(Connection& connection, RowId id, const std::string& detail);

// W2 of a row that nobody sends. `first_attempt` is the date of all its attempts.
bool send_row(Connection& connection, RowId id, std::int64_t epoch, WallTime first_attempt,
              WallTime now);
// Ends the sending of a row that made no attempt. A row that was never attempted forgets its date.
bool rest_row(Connection& connection, RowId id, std::int64_t epoch, State state);
// Ends a row's sending (or its claim, which is not on record) with its `number`th attempt.
// `first_attempt` counts where the row was never sending.
bool record_row(Connection& connection, const RowOutcome& outcome, int number,
                WallTime first_attempt, std::int64_t epoch, State state);

// Makes a row that a dead sender left in `sending` in doubt, with its `number`th attempt.
void doubt_row(Connection& connection, RowId id, int number, std::int64_t epoch,
               const AttemptRecord& abandoned);

std::vector<AttemptRecord> attempts_of(Connection& connection, RowId id);

}  // namespace tocsin::sqlite
