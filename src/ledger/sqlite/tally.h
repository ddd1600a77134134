// How many rows of a plan are in which state: kept beside the rows, changed in the same
// transactions, so that counting a million takes no time.
#pragma once

#include <array>
#include <cstdint>

#include "ledger/sqlite/connection.h"
#include "model/state.h"

namespace tocsin::sqlite {

// Changes of one transaction, written by `apply`.
class TallyChange {
  public:
    void add(State state, SkipReason skip, std::int64_t count = 1);
    void move(State from, State to, SkipReason skip = SkipReason::kNone, std::int64_t count = 1);
    void apply(Connection& connection, std::int64_t plan) const;

  private:
    std::array<std::array<std::int64_t, kSkipReasons>, kStates> changes_{};
};

// Everything but total and duplicates, which the plan knows.
Counts read_tally(Connection& connection, std::int64_t plan);

}  // namespace tocsin::sqlite
