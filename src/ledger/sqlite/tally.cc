#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {

void TallyChange::add(State state, SkipReason skip, std::int64_t count) {
    changes_.at(static_cast<std::size_t>(state)).at(static_cast<std::size_t>(skip)) += count;
}

// Only `skipped` has a reason, and nothing ever leaves it.
void TallyChange::move(State from, State to, SkipReason skip, std::int64_t count) {
    add(from, SkipReason::kNone, -count);
    add(to, skip, count);
}

void TallyChange::apply(Connection& connection, std::int64_t plan) const {
    for (std::size_t state = 0; state < kStates; ++state) {
        for (std::size_t skip = 0; skip < kSkipReasons; ++skip) {
            std::int64_t change = changes_[state][skip];
            if (change == 0) continue;
            connection.run(
                "INSERT INTO tally VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET count = count + excluded.count",
                plan, state, skip, change);
        }
    }
}

Counts read_tally(Connection& connection, std::int64_t plan) {
    Counts counts;
    Query rows = connection.query("SELECT state, skip, count FROM tally WHERE plan = ?", plan);
    while (rows.step()) {
        auto count = static_cast<std::size_t>(rows.integer(2));
        counts.states.at(static_cast<std::size_t>(rows.integer(0))) += count;
        if (rows.integer(0) == static_cast<std::int64_t>(State::kSkipped)) {
            counts.skipped.at(static_cast<std::size_t>(rows.integer(1))) += count;
        }
    }
    return counts;
}

}  // namespace tocsin::sqlite
