// The suppression list as it is shown, and what is lifted from it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

std::size_t unsuppress(Connection& connection, const SuppressionFilter& filter,
                       const std::string& source, WallTime now);
void for_each_suppression(Connection& connection, const SuppressionFilter& filter,
                          const std::function<void(const Suppression&)>& visit);
std::vector<SuppressionEvent> suppression_history(Connection& connection, const std::string& key);

}  // namespace tocsin::sqlite
