// What the numbers of tokens and return paths stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

std::optional<RowName> row_name(Connection& connection, RowId row);
std::optional<std::string> list_name(Connection& connection, std::uint64_t number);
std::optional<std::string> campaign_name(Connection& connection, std::uint64_t number);

}  // namespace tocsin::sqlite
