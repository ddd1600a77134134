// Copies of a ledger, and what a copy needs before it can be used in the ledger's place.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"

namespace tocsin {

// Copies the ledger as it is at one moment to `to`, mode 0600, while others write: they wait for
// nothing. The note `backup` of the copy is `now`, or what the ledger's own says. It is there whole
// or not at all, in one file. Throws Refused where there is something at `to`, MissingInput where
// its folder is not there, LedgerError where it cannot be written.
void back_up_ledger(const std::filesystem::path& ledger, const std::filesystem::path& to,
                    WallTime now);

// Throws away what killed senders knew beyond the ledger (ledger/flight_recorder.h): of an older
// copy it would tell that mails had not left which the lost ledger had on record as sent. Those
// under way are then in doubt. Throws Busy while somebody plans or sends.
void forget_flights(const std::filesystem::path& ledger, const std::string& owner, WallTime now);

}  // namespace tocsin
