// W1 for one session: takes rows from the candidates, past the suppression list and the gate.
//
// Claims are the session's alone, whose lock keeps others out: nothing is written for them but what
// is skipped, and what the gate has spent.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/candidates.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/suppressions.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {

// A row that this session has claimed, or sends.
struct Held {
    std::string key;
    State state = State::kPlanned;  // or kDeferred, kSending
    int attempts = 0;
    WallTime first_attempt{};
    std::int64_t checked = 0;  // the last suppression event when it was checked
};
using HeldRows = std::unordered_map<RowId, Held>;

class Claims {
  public:
    Claims(Connection& connection, const Plan& plan);

    // SendSession::claim, within a transaction of the caller, who keeps the tally. Without a gate
    // all go. What is claimed is added to `held`.
    std::vector<ClaimedRow> take(std::size_t most, WallTime now, ClaimGate* gate, HeldRows& held,
                                 TallyChange& tally);
    // A row that was claimed and may be claimed again.
    void give_back(RowId id) { candidates_.give_back(id); }
    void defer(RowId id, WallTime until) { candidates_.defer(id, until); }

  private:
    struct Round {  // of one call of `take`
        std::size_t most;
        WallTime now;
        HeldRows& held;
        TallyChange& tally;
        SuppressionLookup suppressed;
        std::int64_t event;  // the last of the suppression list
        std::vector<ClaimedRow> claimed;
        bool full() const { return claimed.size() >= most; }
    };
    void take_parked(ClaimGate& gate, Round& round);
    void take_from(const std::string& group, ClaimGate& gate, Round& round);
    bool take(Candidate candidate, const ClaimGate::Answer& answer, Round& round);
    void claim(Candidate candidate, Slot slot, Round& round);
    bool skip_suppressed(const Candidate& candidate, Round& round);

    Connection& connection_;
    std::string list_;
    Candidates candidates_;
};

}  // namespace tocsin::sqlite
