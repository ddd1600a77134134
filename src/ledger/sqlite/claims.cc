#include "ledger/sqlite/claims.h"

#include <utility>

#include "ledger/rules.h"
#include "ledger/sqlite/rows.h"

namespace tocsin::sqlite {
namespace {

using Kind = ClaimGate::Answer::Kind;

class StoredPaces : public PaceStore {
  public:
    explicit StoredPaces(Connection& connection) : connection_(connection) {}
    std::string read(const std::string& scope) override {
        Query row = connection_.query("SELECT state FROM pace WHERE scope = ?", scope);
        return row.step() ? row.text(0) : "";
    }
    void write(const std::string& scope, const std::string& state) override {
        connection_.run("INSERT OR REPLACE INTO pace VALUES (?, ?)", scope, Blob{state});
    }

  private:
    Connection& connection_;
};

}  // namespace

Claims::Claims(Connection& connection, const Plan& plan)
    : connection_(connection), list_(plan.list), candidates_(connection, plan) {}

std::vector<ClaimedRow> Claims::take(std::size_t most, WallTime now, ClaimGate* gate,
                                     HeldRows& held, TallyChange& tally) {
    Round round{most,
                now,
                held,
                tally,
                SuppressionLookup(connection_, list_, now),
                last_suppression_event(connection_),
                {}};
    StoredPaces paces(connection_);
    candidates_.look(now);
    if (gate != nullptr) {
        gate->open(paces);
        take_parked(*gate, round);
    }
    while (!round.full()) {
        auto candidate = candidates_.next();
        if (!candidate) break;
        if (skip_suppressed(*candidate, round)) continue;
        auto answer = gate != nullptr ? gate->ask(candidate->key) : ClaimGate::Answer{};
        if (!take(std::move(*candidate), answer, round)) break;
    }
    if (gate != nullptr) gate->close(paces);
    return std::move(round.claimed);
}

void Claims::take_parked(ClaimGate& gate, Round& round) {
    std::vector<std::string> groups;
    for (const auto& [group, rows] : candidates_.parked()) groups.push_back(group);
    for (const std::string& group : groups) take_from(group, gate, round);
}

void Claims::take_from(const std::string& group, ClaimGate& gate, Round& round) {
    while (!round.full()) {
        auto candidate = candidates_.unpark(group);
        if (!candidate) return;
        if (skip_suppressed(*candidate, round)) continue;
        auto answer = gate.ask_group(group);
        if (answer.kind != Kind::kGo) return candidates_.park_first(group, candidate->row.id);
        claim(std::move(*candidate), answer.slot, round);
    }
}

// Whether others may still be asked for.
bool Claims::take(Candidate candidate, const ClaimGate::Answer& answer, Round& round) {
    switch (answer.kind) {
        case Kind::kAllWait:
            candidates_.put_back(std::move(candidate));
            return false;
        case Kind::kGroupWaits:
            candidates_.park(answer.group, candidate.row.id);
            return true;
        case Kind::kGo:
            break;
    }
    claim(std::move(candidate), answer.slot, round);
    return true;
}

void Claims::claim(Candidate candidate, Slot slot, Round& round) {
    ClaimedRow& row = candidate.row;
    if (!row.first_attempt) row.first_attempt = round.now;
    row.slot = slot;
    round.held[row.id] = {std::move(candidate.key), candidate.state, row.attempts,
                          *row.first_attempt, round.event};
    round.claimed.push_back(std::move(row));
}

bool Claims::skip_suppressed(const Candidate& candidate, Round& round) {
    auto entry = round.suppressed.find(candidate.key);
    if (!entry) return false;
    if (skip_free_row(connection_, candidate.row.id, skip_detail(*entry))) {
        round.tally.move(candidate.state, State::kSkipped, SkipReason::kSuppressed);
    }
    return true;
}

}  // namespace tocsin::sqlite
