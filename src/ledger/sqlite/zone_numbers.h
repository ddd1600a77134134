// Gives the zones of a plan that is being written their numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/plan.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/zones.h"

namespace tocsin::sqlite {

class ZoneNumbers {
  public:
    ZoneNumbers() = default;
    // Of a plan that has these already, and so many rows.
    ZoneNumbers(const std::vector<Zone>& zones, std::int64_t rows);

    // Of the next row. Nothing for who is skipped, and as long as nobody has had a zone.
    std::optional<std::int64_t> number_of(const PlanRow& row);
    // Where there are zones after all, nobody may be without a number: gives those who came before
    // the first zone theirs, in portions. Does not show before `write`.
    void number_rest(Connection& connection, std::int64_t plan) const;
    // Within a transaction of the caller.
    void write(Connection& connection, std::int64_t plan) const;

  private:
    std::map<std::string, std::int64_t> numbers_;  // empty, or with kNoZone
    std::int64_t without_ = 0;                     // rows at the beginning that may have none
};

}  // namespace tocsin::sqlite
