// Finds the rows of a plan that could be claimed next.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"

namespace tocsin::sqlite {

struct Candidate {
    ClaimedRow row;
    std::string key;
    State state = State::kPlanned;
};

// How far a session has come down the plan.
struct Progress {
    RowId passed = 0;          // every planned row up to here was seen
    std::set<RowId> returned;  // planned again since
};

// Deferred rows that are due and that nobody holds, the longest due first.
std::vector<Candidate> due_retries(Connection& connection, const Plan& plan, WallTime now,
                                   std::size_t most);

// Planned rows that nobody holds, in plan order; moves `progress` past them. Fewer than `most`,
// but not none, may come before the end of the plan.
std::vector<Candidate> next_planned(Connection& connection, const Plan& plan, Progress& progress,
                                    std::size_t most);

}  // namespace tocsin::sqlite
