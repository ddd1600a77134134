// How plans and their rows are removed, in transactions short enough that somebody who unsubscribes
// meanwhile does not wait.
#pragma once

#include <cstdint>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// Removes the rows from `first` to `last`, many transactions.
void remove_rows(Connection& connection, RowId first, RowId last);

// Removes a plan that no mailing points to.
void remove_plan(Connection& connection, std::int64_t plan);

// Removes what dead or replaced writers of the mailing left. Its lock must be held.
void remove_remains(Connection& connection, const MailingKey& mailing);

}  // namespace tocsin::sqlite
