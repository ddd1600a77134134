// A row that could be claimed, as it is read.
#pragma once

#include <optional>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

struct Candidate {
    ClaimedRow row;
    std::string key;
    State state = State::kPlanned;       // or kDeferred
    std::optional<WallTime> not_before;  // of kDeferred
};

// What `read_candidate` reads of `recipient`.
#define CANDIDATE_COLUMNS                                            \
    "id, key, address, attempts, first_attempt, state, not_before, " \
    "(SELECT bytes FROM cells WHERE cells.id = recipient.id) "

Candidate read_candidate(const Query& row);

}  // namespace tocsin::sqlite
