// The rows of one zone of a plan that wait, or of a plan without zones, in the order in which they
// may go; read ahead. Belongs to one session: nobody else makes rows wait meanwhile.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "ledger/ledger.h"
#include "ledger/sqlite/candidate.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/zones.h"

namespace tocsin::sqlite {

class ZoneQueue {
  public:
    // Without `zone`: all rows of the plan. Reads so many at once.
    ZoneQueue(Connection& connection, const Plan& plan, const std::optional<Zone>& zone,
              std::int64_t at_once);

    // Nobody of it may go before.
    bool is_open(WallTime now) const { return !opens_ || *opens_ <= now; }
    // Retries that have come due since.
    void look_for_retries(WallTime now);
    // A row, of this zone or another, will be one then.
    void expect_retry(WallTime due) { next_retry_ = std::min(next_retry_, due); }
    // Makes sure that there is a first one where there is any: of the retries, or else of the
    // planned rows.
    void read_ahead();
    const Candidate* first_retry() const { return first(retries_); }
    const Candidate* first_planned() const { return first(planned_); }
    Candidate take_retry() { return take(retries_); }
    Candidate take_planned() { return take(planned_); }

    // Whether a retry that is due then would not come any more.
    bool has_passed(WallTime due, RowId id) const { return std::pair(due, id) <= retries_passed_; }

  private:
    using Rows = std::deque<Candidate>;
    static const Candidate* first(const Rows& rows) { return rows.empty() ? nullptr : &rows[0]; }
    static Candidate take(Rows& from);
    Query further_retries() const;
    WallTime read_retries();
    Query planned_rows() const;
    void read_planned();

    Connection& connection_;
    std::int64_t plan_;
    std::optional<std::int64_t> zone_;
    std::optional<WallTime> opens_;
    RowId last_;
    std::int64_t at_once_;
    Rows retries_, planned_;                       // read, not asked for yet
    WallTime looked_{};                            // for retries due by this time
    bool more_retries_ = false;                    // than were read then
    WallTime next_retry_ = WallTime::min();        // none comes due before
    RowId planned_passed_;                         // every planned row up to here came
    std::pair<WallTime, RowId> retries_passed_{};  // every retry due up to here came
};

}  // namespace tocsin::sqlite
