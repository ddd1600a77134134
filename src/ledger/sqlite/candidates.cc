#include "ledger/sqlite/candidates.h"

#include "ledger/cells.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

// The columns of every query here.
#define CANDIDATE_COLUMNS                                \
    "id, key, address, attempts, first_attempt, state, " \
    "(SELECT bytes FROM cells WHERE cells.id = recipient.id) "

Candidate read_candidate(const Query& row) {
    Candidate candidate;
    candidate.key = row.text(1);
    candidate.row.id = row.integer(0);
    candidate.row.address = row.is_null(2) ? candidate.key : row.text(2);
    candidate.row.attempts = static_cast<int>(row.integer(3));
    candidate.row.first_attempt = row.optional_time(4);
    candidate.state = static_cast<State>(row.integer(5));
    candidate.row.cells = unpack_texts(row.text(6));
    return candidate;
}

std::vector<Candidate> read_all(Query rows) {
    std::vector<Candidate> candidates;
    while (rows.step()) candidates.push_back(read_candidate(rows));
    return candidates;
}

std::vector<Candidate> take_returned(Connection& connection, Progress& progress, std::size_t most) {
    std::vector<Candidate> candidates;
    while (candidates.size() < most && !progress.returned.empty()) {
        RowId id = *progress.returned.begin();
        progress.returned.erase(progress.returned.begin());
        Query row = connection.query("SELECT " CANDIDATE_COLUMNS
                                     "FROM recipient WHERE id = ? AND state = 0 AND claim IS NULL",
                                     id);
        if (row.step()) candidates.push_back(read_candidate(row));
    }
    return candidates;
}

}  // namespace

std::vector<Candidate> due_retries(Connection& connection, const Plan& plan, WallTime now,
                                   std::size_t most) {
    static_assert(kPlaceBits == 24, "the index `retry` shifts by as much");
    return read_all(connection.query("SELECT " CANDIDATE_COLUMNS "FROM recipient INDEXED BY retry "
                                     "WHERE state = 4 AND id >> 24 = ? AND not_before <= ? "
                                     "AND claim IS NULL ORDER BY not_before, id LIMIT ?",
                                     plan.number, now, most));
}

std::vector<Candidate> next_planned(Connection& connection, const Plan& plan, Progress& progress,
                                    std::size_t most) {
    auto returned = take_returned(connection, progress, most);
    if (!returned.empty()) return returned;
    auto candidates = read_all(
        connection.query("SELECT " CANDIDATE_COLUMNS
                         "FROM recipient WHERE id > ? AND id <= ? AND state = 0 AND claim IS NULL "
                         "ORDER BY id LIMIT ?",
                         progress.passed, plan.last(), most));
    progress.passed = candidates.size() < most ? plan.last() : candidates.back().row.id;
    return candidates;
}

#undef CANDIDATE_COLUMNS

}  // namespace tocsin::sqlite
