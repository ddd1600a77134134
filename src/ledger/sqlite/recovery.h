// What becomes of the claims that a sender left behind.
#pragma once

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"

namespace tocsin::sqlite {

// Rows in `sending` become `in_doubt`, other claims are given back. Nobody else may be sending the
// mailing. Belongs into a transaction of the caller.
Recovery recover(Connection& connection, const Plan& plan, Control control, WallTime now);

}  // namespace tocsin::sqlite
