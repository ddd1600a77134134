#include "ledger/sqlite/recovery.h"

#include <vector>

#include "ledger/rules.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

struct Left {
    RowId id = 0;
    State state = State::kPlanned;
    int attempts = 0;
    std::int64_t epoch = 0;
    WallTime since{};
};

std::vector<Left> left_behind(Connection& connection, const Plan& plan) {
    std::vector<Left> left;
    Query rows = connection.query(
        "SELECT id, state, attempts, claim, since FROM recipient INDEXED BY in_flight "
        "WHERE claim IS NOT NULL AND id BETWEEN ? AND ?",
        plan.first(), plan.last());
    while (rows.step()) {
        left.push_back({rows.integer(0), static_cast<State>(rows.integer(1)),
                        static_cast<int>(rows.integer(2)), rows.integer(3), rows.time(4)});
    }
    return left;
}

}  // namespace

Recovery recover(Connection& connection, const Plan& plan, Control control, WallTime now) {
    Recovery recovery;
    TallyChange tally;
    for (const Left& row : left_behind(connection, plan)) {
        if (row.state == State::kSending) {
            doubt_row(connection, row.id, row.epoch, abandoned_attempt(row.since, now));
            tally.move(row.state, State::kInDoubt);
            ++recovery.in_doubt;
            continue;
        }
        State state = resting_state(row.attempts, control);
        rest_row(connection, row.id, row.epoch, state);
        bool cancelled = state == State::kSkipped;
        tally.move(row.state, state, cancelled ? SkipReason::kCancelled : SkipReason::kNone);
    }
    tally.apply(connection, plan.number);
    return recovery;
}

}  // namespace tocsin::sqlite
