// What becomes of the claims that a sender left behind.
#pragma once

#include <filesystem>
#include <optional>

#include "ledger/flight_recorder.h"
#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/provisional.h"

namespace tocsin::sqlite {

// Rows in `sending` become what `record`, if it is of their send, tells of them, and else
// `in_doubt`. Nobody else may be sending the mailing. Belongs into a transaction of the caller.
Recovery recover(Connection& connection, const Run& run, const Plan& plan, Control control,
                 const std::optional<FlightRecord>& record, WallTime now);

// The same outside of a send: what it notes of replies belongs to the dead one.
Recovery recover_dead_send(Connection& connection, const std::filesystem::path& ledger,
                           const MailingKey& mailing, const Plan& plan, WallTime now);

}  // namespace tocsin::sqlite
