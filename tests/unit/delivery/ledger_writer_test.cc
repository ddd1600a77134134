#include "delivery/ledger_writer.h"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

#include "ledger/memory.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// Notes how many outcomes each commit had.
class CountedSession : public SendSession {
  public:
    explicit CountedSession(SendSession& real) : real_(real) {}
    std::vector<std::size_t> commits;

    const Recovery& recovery() const override { return real_.recovery(); }
    std::vector<ClaimedRow> claim(std::size_t most, WallTime now, ClaimGate* gate) override {
        return real_.claim(most, now, gate);
    }
    Committed commit(const Batch& batch, WallTime now) override {
        commits.push_back(batch.outcomes.size());
        return real_.commit(batch, now);
    }
    void departing(RowId row) noexcept override { real_.departing(row); }
    void answered(const RowOutcome& outcome) noexcept override { real_.answered(outcome); }
    void not_sent(RowId row) noexcept override { real_.not_sent(row); }
    void keep_answers() noexcept override { real_.keep_answers(); }
    std::size_t postpone(const std::string& zone, WallTime until) override {
        return real_.postpone(zone, until);
    }
    std::optional<WallTime> next_due() override { return real_.next_due(); }
    ControlState control() override { return real_.control(); }
    std::size_t settle_suppressions(bool keep, WallTime now) override {
        return real_.settle_suppressions(keep, now);
    }

  private:
    SendSession& real_;
};

std::vector<LedgerWriter::Ended> accepted(const std::vector<RowId>& rows) {
    std::vector<LedgerWriter::Ended> ended;
    for (RowId row : rows) {
        RowOutcome outcome;
        outcome.id = row;
        outcome.state = State::kAccepted;
        outcome.transport = "api";
        outcome.attempt.reply = SmtpReply{200, "", "id 1"};
        ended.push_back({outcome, {.kind = GateFeedback::Kind::kAccepted, .domain = "a.example"}});
    }
    return ended;
}

}  // namespace

TEST_CASE("what ended together is written in one commit, and counts as unwritten until then") {
    ManualClock clock{at(5)};
    auto ledger = make_memory_ledger();
    plan_people(*ledger, {"ann@a.example", "bob@a.example", "eve@a.example"});
    auto session = ledger->begin_send(kMailing, "test", at(1));
    const std::vector<RowId> rows = ids_of(session->claim(3, at(1)));
    session->begin_sending(rows, at(2));
    CountedSession counted(*session);
    RateGate gate({"api", {}, "alert", {}}, 1, clock, "boot");
    {
        LedgerWriter writer(counted, gate, clock, [] {});
        writer.record({});
        writer.record(accepted(rows));
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (writer.take_news().unwritten > 0 && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        CHECK(writer.take_news().unwritten == 0);
    }
    CHECK(counted.commits == std::vector<std::size_t>{3});
    CHECK(checked_counts(*ledger).of(State::kAccepted) == 3);
}
