// Finds the rows of a plan that could be claimed next, for one session: a claim costs what it takes
// and not what the plan is long.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"

namespace tocsin::sqlite {

struct Candidate {
    ClaimedRow row;
    std::string key;
    State state = State::kPlanned;  // or kDeferred
};

class Candidates {
  public:
    Candidates(Connection& connection, const Plan& plan);

    // To be called before a claim: retries that have come due since.
    void look_for_retries(WallTime now);
    // The next row that nobody holds: those that were put back, then retries that are due, the
    // longest due first, then planned rows in their order. What is parked does not come.
    std::optional<Candidate> next();
    // It comes again with the next call.
    void put_back(Candidate candidate) { retries_.push_front(std::move(candidate)); }
    // A row that was claimed and is planned or deferred again.
    void give_back(RowId id) { returned_.insert(id); }

    // A row that was claimed and waits for that time.
    void defer(RowId id, WallTime until);

    // Rows of a receiving domain that takes no more for now: four bytes each.
    void park(const std::string& group, RowId id);
    void park_first(const std::string& group, RowId id);
    const std::map<std::string, std::deque<std::uint32_t>>& parked() const { return parked_; }
    // The oldest of a group, or nothing where none is left that could be claimed.
    std::optional<Candidate> unpark(const std::string& group);

  private:
    std::uint32_t place(RowId id) const;
    std::optional<Candidate> read(RowId id);
    void read_planned();

    Connection& connection_;
    Plan plan_;
    std::deque<Candidate> retries_, planned_;  // read, not asked for yet
    WallTime looked_{};                        // for retries due by this time
    bool more_retries_ = false;                // than were read then
    std::set<RowId> returned_;
    std::map<std::string, std::deque<std::uint32_t>> parked_;  // places in the plan
    RowId planned_passed_;                                     // every planned row up to here came
    std::pair<WallTime, RowId> retries_passed_{};  // every retry due up to here came, but
    std::multimap<WallTime, RowId> late_;          // those that were deferred to before it
};

}  // namespace tocsin::sqlite
