// The zones of a plan: when each opens, and who of it waits.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"

namespace tocsin::sqlite {

struct Zone {
    std::int64_t number = 0;  // kNoZone, or from 1
    std::string name;
    std::optional<WallTime> opens{};  // its people wait until then
};

// The number of people without zone, in a plan that has some.
inline constexpr std::int64_t kNoZone = 0;

// By number; empty where the plan has none.
std::vector<Zone> read_zones(Connection& connection, const Plan& plan);
// How many wait the longer for it; nothing where nothing changes. Within a transaction of the
// caller.
std::optional<std::size_t> postpone(Connection& connection, const Plan& plan,
                                    const std::string& zone, WallTime until);

std::vector<ZoneRows> zone_rows(Connection& connection, const MailingKey& mailing);

// Ledger::next_due
std::optional<WallTime> next_due(Connection& connection, const MailingKey& mailing);

// When the first row comes due that is deferred, or planned in a zone that opens after `looked`;
// but not those of which `is_held` says so.
using IsHeld = std::function<bool(RowId)>;
std::optional<WallTime> first_due(Connection& connection, const Plan& plan, WallTime looked,
                                  const IsHeld& is_held);

}  // namespace tocsin::sqlite
