#include "ledger/sqlite/candidates.h"

#include "ledger/cells.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

constexpr std::int64_t kReadAtOnce = 64;

// The columns of every query here.
#define CANDIDATE_COLUMNS                                            \
    "id, key, address, attempts, first_attempt, state, not_before, " \
    "(SELECT bytes FROM cells WHERE cells.id = recipient.id) "

Candidate read_candidate(const Query& row) {
    Candidate candidate;
    candidate.key = row.text(1);
    candidate.row.id = row.integer(0);
    candidate.row.address = row.is_null(2) ? candidate.key : row.text(2);
    candidate.row.attempts = static_cast<int>(row.integer(3));
    candidate.row.first_attempt = row.optional_time(4);
    candidate.state = static_cast<State>(row.integer(5));
    candidate.row.cells = unpack_texts(row.text(7));
    return candidate;
}

}  // namespace

Candidates::Candidates(Connection& connection, const Plan& plan)
    : connection_(connection), plan_(plan), planned_passed_(plan.first() - 1) {}

std::optional<Candidate> Candidates::next() {
    while (!returned_.empty()) {
        RowId id = *returned_.begin();
        returned_.erase(returned_.begin());
        if (auto candidate = read(id)) return candidate;
    }
    if (retries_.empty() && more_retries_) look_for_retries(looked_);
    if (retries_.empty() && planned_.empty()) read_planned();
    std::deque<Candidate>& from = retries_.empty() ? planned_ : retries_;
    if (from.empty()) return std::nullopt;
    Candidate candidate = std::move(from.front());
    from.pop_front();
    return candidate;
}

std::optional<Candidate> Candidates::read(RowId id) {
    Query row = connection_.query("SELECT " CANDIDATE_COLUMNS
                                  "FROM recipient WHERE id = ? AND state IN (0, 4) "
                                  "AND claim IS NULL",
                                  id);
    if (!row.step()) return std::nullopt;
    return read_candidate(row);
}

// What is deferred anew comes due later than all that has passed, but where the clock was set back.
void Candidates::defer(RowId id, WallTime until) {
    if (std::pair(until, id) <= retries_passed_) late_.emplace(until, id);
}

void Candidates::look_for_retries(WallTime now) {
    static_assert(kPlaceBits == 24, "the index `retry` shifts by as much");
    looked_ = now;
    for (auto due = late_.begin(); due != late_.end() && due->first <= now;
         due = late_.erase(due)) {
        returned_.insert(due->second);
    }
    if (!retries_.empty()) {
        more_retries_ = true;  // behind those that are at hand
        return;
    }
    Query rows = connection_.query(
        "SELECT " CANDIDATE_COLUMNS
        "FROM recipient INDEXED BY retry WHERE state = 4 AND id >> 24 = ? AND not_before <= ? "
        "AND (not_before, id) > (?, ?) AND claim IS NULL ORDER BY not_before, id LIMIT ?",
        plan_.number, now, retries_passed_.first, retries_passed_.second, kReadAtOnce);
    while (rows.step()) {
        retries_.push_back(read_candidate(rows));
        retries_passed_ = {rows.time(6), retries_.back().row.id};
    }
    more_retries_ = retries_.size() == static_cast<std::size_t>(kReadAtOnce);
}

void Candidates::read_planned() {
    if (planned_passed_ >= plan_.last()) return;
    Query rows =
        connection_.query("SELECT " CANDIDATE_COLUMNS
                          "FROM recipient WHERE id > ? AND id <= ? AND state = 0 AND claim IS NULL "
                          "ORDER BY id LIMIT ?",
                          planned_passed_, plan_.last(), kReadAtOnce);
    while (rows.step()) planned_.push_back(read_candidate(rows));
    planned_passed_ = planned_.empty() ? plan_.last() : planned_.back().row.id;
}

std::uint32_t Candidates::place(RowId id) const {
    return static_cast<std::uint32_t>(id - row_id(plan_.number, 0));
}

void Candidates::park(const std::string& group, RowId id) {
    parked_[group].push_back(place(id));
}

void Candidates::park_first(const std::string& group, RowId id) {
    parked_[group].push_front(place(id));
}

std::optional<Candidate> Candidates::unpark(const std::string& group) {
    auto found = parked_.find(group);
    if (found == parked_.end()) return std::nullopt;
    std::optional<Candidate> candidate;
    while (!candidate && !found->second.empty()) {
        candidate = read(row_id(plan_.number, found->second.front()));
        found->second.pop_front();
    }
    if (found->second.empty()) parked_.erase(found);
    return candidate;
}

#undef CANDIDATE_COLUMNS

}  // namespace tocsin::sqlite
