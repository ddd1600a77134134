// The writes that move one row from state to state. Each belongs into a transaction of the caller,
// who keeps the tally; each returns whether the row was still held by `epoch`.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// Takes a row that nobody holds. The first claim fixes the date of all attempts.
void claim_row(Connection& connection, RowId id, std::int64_t epoch, WallTime now);
void skip_free_row(Connection& connection, RowId id, const std::string& detail);

bool skip_row(Connection& connection, RowId id, std::int64_t epoch, const std::string& detail);
bool send_row(Connection& connection, RowId id, std::int64_t epoch, WallTime now);
// Ends the claim of a row that made no attempt. A row that was never attempted forgets its date.
bool rest_row(Connection& connection, RowId id, std::int64_t epoch, State state);
// Ends the claim with an attempt; in a cancelled mailing nothing stays deferred.
bool record_row(Connection& connection, const RowOutcome& outcome, std::int64_t epoch, State state);

// Makes a row that a dead sender left in `sending` in doubt.
void doubt_row(Connection& connection, RowId id, std::int64_t epoch,
               const AttemptRecord& abandoned);

std::vector<AttemptRecord> attempts_of(Connection& connection, RowId id);

}  // namespace tocsin::sqlite
