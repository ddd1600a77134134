// Writes the ledger on a thread of its own, so that the loop that sends never waits for the disk:
// whatever has come up since the last commit goes into the next one, W3 and W2 together.
//
// While a writer lives, its session, its gate, and the ledger that the session came from belong to
// its thread.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/condition.h"
#include "delivery/rate_gate.h"
#include "ledger/ledger.h"

namespace tocsin {

class LedgerWriter {
  public:
    // `wake` is called, by the writer's thread, when there is news.
    LedgerWriter(SendSession& session, RateGate& gate, const Clock& clock,
                 std::function<void()> wake);
    LedgerWriter(const LedgerWriter&) = delete;
    LedgerWriter& operator=(const LedgerWriter&) = delete;
    // What was handed over and not written is lost: see News::unwritten.
    ~LedgerWriter();

    struct Ended {
        RowOutcome outcome;
        GateFeedback feedback;
    };

    // None of these waits.
    // All of them in one commit: what one answer said of several mails is noted whole.
    void record(std::vector<Ended> ended);
    void give_back(RowId row, GateFeedback feedback);
    void intend(std::vector<RowId> rows);
    // To be asked again only after its answer.
    void claim(std::size_t most);
    void settle_suppressions(bool keep);

    struct Claim {
        std::vector<ClaimedRow> rows;  // fewer than asked for: no more can go now
        RateGate::Wait wait;           // what for
        std::optional<WallTime> next_due;
    };
    struct News {
        std::vector<RowId> granted;  // of the intents
        std::vector<RowId> refused;
        std::optional<Claim> claim;
        ControlState control;             // as last seen, at most a moment ago
        std::vector<std::string> slowed;  // see RateGate
        std::size_t unwritten = 0;        // outcomes and rows given back that no commit has yet
        std::exception_ptr fault;         // the ledger failed: nothing is written any more
    };
    News take_news();

  private:
    struct Orders {
        Batch batch;
        std::vector<GateFeedback> feedback;
        std::optional<std::size_t> claim;
        std::optional<bool> settle;
        bool empty() const { return batch.empty() && !claim && !settle; }
    };

    void run();
    std::optional<Orders> wait_for_orders();
    void carry_out(Orders orders);
    void drop_refused(Batch& batch);
    void commit(const Orders& orders);
    Claim claim_now(std::size_t most);
    template <class Change>
    void order(Change change);

    SendSession& session_;
    RateGate& gate_;
    const Clock& clock_;
    std::function<void()> wake_;
    std::mutex mutex_;
    Condition ordered_;
    ControlState control_;  // as the last commit saw it
    // Rows whose intent was refused: the session holds them no more. The loop may not know yet, and
    // report of them what then concerns nobody.
    std::set<RowId> refused_;
    Orders orders_;
    News news_;
    bool ending_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace tocsin
