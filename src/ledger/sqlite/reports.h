// What the ledger knows about the rows of a ready plan.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

Counts count_rows(Connection& connection, const MailingKey& mailing);
std::optional<RowReport> explain(Connection& connection, const MailingKey& mailing,
                                 const std::string& key);
std::vector<RowReport> rows_in_state(Connection& connection, const MailingKey& mailing, State state,
                                     std::size_t most);
void for_each_row(Connection& connection, const MailingKey& mailing,
                  const std::function<void(const std::string& key, State state)>& visit);
void for_each_result(Connection& connection, const MailingKey& mailing,
                     const std::function<void(const RowResult&)>& visit);

}  // namespace tocsin::sqlite
