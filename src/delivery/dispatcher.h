// The send loop: claims rows, composes their mails, hands them to the transport, permits the end of
// data when the intent is durable, and records what became of them. One thread; docs/delivery.md
// has the writes W1 to W3.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compose/composer.h"
#include "delivery/policy.h"
#include "ledger/ledger.h"
#include "transport/transport.h"

namespace tocsin {

// What a run works with; everything outlives it.
struct Dispatch {
    SendSession& session;
    Transport& transport;
    std::string transport_name;
    Composer& composer;
    const MailingNumbers& numbers;
    const KeyRing& keys;
    const Clock& clock;
};

struct RunLimits {
    std::optional<std::size_t> most;  // --limit: mails of this run
    bool wait = false;                // --wait: stay until everything is final
    const std::atomic<bool>* stop =
        nullptr;  // set by a signal: no new mail, those under way finish
};

enum class RunEnd {
    kNothingLeft,  // everything is final, or waits for the user
    kNothingDue,   // deferred rows come due later
    kLimit,
    kStopped,  // by a signal
    kHeld,
    kCancelled,
    kUnusable,  // the transport cannot be used, or the server refuses the sender
};

struct RunResult {
    RunEnd end = RunEnd::kNothingLeft;
    std::string message;  // of kUnusable and kHeld
    std::string hint;
    std::optional<WallTime> next_due;  // of kNothingDue
    // Of this run.
    std::size_t accepted = 0, rejected = 0, deferred = 0, in_doubt = 0, expired = 0;
};

class Dispatcher {
  public:
    Dispatcher(Dispatch with, RunLimits limits);

    // Runs until nothing more can be done now. `progress` is called about ten times a second. Where
    // the ledger fails (LedgerError), nothing that lacks a durable intent is sent; the exception
    // leaves this function.
    RunResult run(const std::function<void(const RunResult&)>& progress);

  private:
    struct InFlight {
        ClaimedRow row;
        WallTime date;  // of its Date header
    };

    void fill();
    void submit(ClaimedRow row);
    bool may_claim() const;
    void handle(const TransportEvent& event);
    void on_finished(const Finished& event);
    void on_returned(const Returned& event);
    void commit();
    void grant_intents();
    void count(State state);
    // Nothing under way and nothing to claim: waits for what is due soon, or says that the run is
    // over.
    bool rest();
    std::optional<RunEnd> end_without_rows();
    void end(RunEnd how, std::string message = "", std::string hint = "");

    Dispatch with_;
    RunLimits limits_;
    RunResult result_;
    std::map<Ticket, InFlight> in_flight_;
    std::vector<Ticket> intents_;       // want their permit
    std::vector<RowOutcome> outcomes_;  // to be recorded
    std::vector<RowId> returned_;       // to be given back
    std::size_t submitted_ = 0;
    bool ending_ = false;  // no new mail
};

}  // namespace tocsin
