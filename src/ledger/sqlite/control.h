// Hold, release, cancel.
#pragma once

#include <filesystem>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

ControlState read_control(Connection& connection, const MailingKey& mailing);
// The stricter of the mailing's own, which was read, and that of its series (ledger/rules.h).
ControlState or_of_series(Connection& connection, const MailingKey& mailing, ControlState own);
ControlState effective_control(Connection& connection, const MailingKey& mailing);

// `ledger` is the file beside which locks lie: cancelling a mailing that nobody sends takes back
// what a dead sender had claimed.
void write_control(Connection& connection, const std::filesystem::path& ledger,
                   const MailingKey& mailing, const ControlState& control);

}  // namespace tocsin::sqlite
