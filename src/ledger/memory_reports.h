// What the ledger in memory knows of the rows of a plan.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/memory_state.h"

namespace tocsin::memory {

Counts count(const Plan& plan);
// Without what is noted of the address.
std::optional<RowReport> explain(const Plan& plan, const std::string& key);
std::vector<RowReport> rows_in_state(const Plan& plan, State state, std::size_t most);
void for_each_result(const Plan& plan, const std::function<void(const RowResult&)>& visit);
void for_each_in_doubt(const Plan& plan, const std::function<void(const DoubtfulRow&)>& visit);

// Ledger::next_due, zones, unfinished
std::optional<WallTime> next_due(const Plan& plan);
std::vector<ZoneRows> zones(const Plan& plan);
std::vector<MailingKey> unfinished(const World& world, const std::string& campaign);

}  // namespace tocsin::memory
