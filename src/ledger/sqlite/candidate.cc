#include "ledger/sqlite/candidate.h"

#include "ledger/cells.h"

namespace tocsin::sqlite {

Candidate read_candidate(const Query& row) {
    Candidate candidate;
    candidate.key = row.text(1);
    candidate.row.id = row.integer(0);
    candidate.row.address = row.is_null(2) ? candidate.key : row.text(2);
    candidate.row.attempts = static_cast<int>(row.integer(3));
    candidate.row.first_attempt = row.optional_time(4);
    candidate.state = static_cast<State>(row.integer(5));
    candidate.not_before = row.optional_time(6);
    candidate.row.cells = unpack_texts(row.text(7));
    return candidate;
}

}  // namespace tocsin::sqlite
