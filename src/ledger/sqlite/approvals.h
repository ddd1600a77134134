// Who approved what.
//
// Failpoints: "approve-before-commit", "approve-after-commit".
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

bool approve(Connection& connection, const MailingKey& mailing, const Approval& approval,
             const std::string& people);
std::vector<Approval> approvals(Connection& connection, const MailingKey& mailing);
std::string approved_people(Connection& connection, const MailingKey& mailing);

}  // namespace tocsin::sqlite
