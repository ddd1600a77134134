// The suppression list: what stands, and an append-only history of what was added and lifted.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// The entry that keeps this key from getting mail of this list: the one for everything first.
std::optional<Suppression> suppression_for(Connection& connection, const std::string& key,
                                           const std::string& list);
// One read transaction for all: locks cost more than looking a key up.
void skip_suppressed(Connection& connection, std::span<PlanRow> rows, const std::string& list);
// Grows with every change of the list.
std::int64_t last_suppression_event(Connection& connection);

// Within a transaction of the caller.
void note_event(Connection& connection, const SuppressionEvent& event);

std::size_t suppress(Connection& connection, std::span<const Suppression> entries);
std::size_t unsuppress(Connection& connection, const SuppressionFilter& filter,
                       const std::string& source, WallTime now);
void for_each_suppression(Connection& connection, const SuppressionFilter& filter,
                          const std::function<void(const Suppression&)>& visit);
std::vector<SuppressionEvent> suppression_history(Connection& connection, const std::string& key);

}  // namespace tocsin::sqlite
