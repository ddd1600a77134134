#include "ledger/sqlite/zone_queue.h"

#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {

static_assert(kPlaceBits == 24, "the indices `retry` and `waiting` shift by as much");

ZoneQueue::ZoneQueue(Connection& connection, const Plan& plan, const std::optional<Zone>& zone,
                     std::int64_t at_once)
    : connection_(connection),
      plan_(plan.number),
      last_(plan.last()),
      at_once_(at_once),
      planned_passed_(plan.first() - 1) {
    if (!zone) return;
    zone_ = zone->number;
    opens_ = zone->opens;
}

Candidate ZoneQueue::take(Rows& from) {
    Candidate candidate = std::move(from.front());
    from.pop_front();
    return candidate;
}

Query ZoneQueue::further_retries() const {
    const auto& [due, id] = retries_passed_;
    if (!zone_) {
        return connection_.query(
            "SELECT " CANDIDATE_COLUMNS
            "FROM recipient INDEXED BY retry WHERE state = 4 AND id >> 24 = ? "
            "AND (not_before, id) > (?, ?) AND claim IS NULL ORDER BY not_before, id LIMIT ?",
            plan_, due, id, at_once_);
    }
    return connection_.query(
        "SELECT " CANDIDATE_COLUMNS
        "FROM recipient INDEXED BY waiting WHERE state IN (0, 4) AND id >> 24 = ? AND zone = ? "
        "AND (not_before, id) > (?, ?) AND claim IS NULL ORDER BY not_before, id LIMIT ?",
        plan_, *zone_, due, id, at_once_);
}

Query ZoneQueue::planned_rows() const {
    if (!zone_) {
        return connection_.query(
            "SELECT " CANDIDATE_COLUMNS
            "FROM recipient WHERE id > ? AND id <= ? AND state = 0 AND claim IS NULL "
            "ORDER BY id LIMIT ?",
            planned_passed_, last_, at_once_);
    }
    return connection_.query(
        "SELECT " CANDIDATE_COLUMNS
        "FROM recipient INDEXED BY waiting WHERE state IN (0, 4) AND id >> 24 = ? AND zone = ? "
        "AND not_before IS NULL AND id > ? AND id <= ? AND claim IS NULL ORDER BY id LIMIT ?",
        plan_, *zone_, planned_passed_, last_, at_once_);
}

void ZoneQueue::look_for_retries(WallTime now) {
    looked_ = now;
    if (!retries_.empty()) {
        more_retries_ = true;  // behind those that are at hand
        return;
    }
    more_retries_ = false;
    if (now < next_retry_) return;
    next_retry_ = read_retries();
}

// When the next one comes due, as far as is known.
WallTime ZoneQueue::read_retries() {
    Query rows = further_retries();
    while (rows.step()) {
        Candidate candidate = read_candidate(rows);
        if (*candidate.not_before > looked_) return *candidate.not_before;
        retries_passed_ = {*candidate.not_before, candidate.row.id};
        retries_.push_back(std::move(candidate));
    }
    more_retries_ = std::ssize(retries_) == at_once_;
    return more_retries_ ? WallTime::min() : WallTime::max();
}

void ZoneQueue::read_ahead() {
    if (retries_.empty() && more_retries_) look_for_retries(looked_);
    if (retries_.empty() && planned_.empty()) read_planned();
}

void ZoneQueue::read_planned() {
    if (planned_passed_ >= last_) return;
    Query rows = planned_rows();
    while (rows.step()) planned_.push_back(read_candidate(rows));
    planned_passed_ = planned_.empty() ? last_ : planned_.back().row.id;
}

}  // namespace tocsin::sqlite
