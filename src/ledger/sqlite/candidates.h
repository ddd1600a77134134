// Finds the rows of a plan that could be claimed next, for one session: a claim costs what it takes
// and not what the plan is long, nor how many wait in zones that are closed.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/candidate.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/zone_queue.h"

namespace tocsin::sqlite {

class Candidates {
  public:
    // A zone that is postponed later is not seen to be.
    Candidates(Connection& connection, const Plan& plan);

    // To be called before a claim: zones that have opened since, and retries that have come due.
    void look(WallTime now);
    // The next row that nobody holds: those that were given or put back, then retries that are due,
    // the longest due first, then planned rows in their order. What is parked does not come.
    std::optional<Candidate> next();
    // It comes again with the next call.
    void put_back(Candidate candidate) { put_back_.push_front(std::move(candidate)); }
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
    std::optional<Candidate> next_given_back();
    const ZoneQueue& queue_of(RowId id);

    Connection& connection_;
    Plan plan_;
    std::map<std::int64_t, ZoneQueue> queues_;  // by the zone's number
    std::vector<ZoneQueue*> open_;              // of those
    std::deque<Candidate> put_back_;
    std::set<RowId> returned_;
    std::map<std::string, std::deque<std::uint32_t>> parked_;  // places in the plan
    std::multimap<WallTime, RowId> late_;  // were deferred to before what has passed
};

}  // namespace tocsin::sqlite
