// The send loop: drives the transport, and keeps what is needed for it coming from two sides: rows
// and commits from the ledger's writer, mails from the works. docs/delivery.md has the writes W1 to
// W3; a mail goes this way:
//
//     claimed (W1) → in the works → ready → in the transport, its intent asked for → permitted (W2)
//         → answered → recorded (W3)
//
// A mail that has a slot of a rate asks for its intent a little before it comes, and begins on the
// dot.
//
// How many rows are on it is bounded, and so is memory, however long the list is. In the transport
// there are at most two a connection.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "delivery/breaker.h"
#include "delivery/ledger_writer.h"
#include "delivery/mail_works.h"
#include "delivery/policy.h"
#include "delivery/rates/pacer.h"
#include "ledger/ledger.h"
#include "transport/transport.h"

namespace tocsin {

// What a run works with; everything outlives it.
struct Dispatch {
    SendSession& session;
    Transport& transport;
    RunRates rates;  // names the transport, too
    int connections;
    Breaker breaker;
    MailMaterial material;
    const Clock& clock;
};

struct RunLimits {
    std::optional<std::size_t> most;  // --limit: mails of this run
    bool wait = false;                // --wait: stay until everything is final
    // Set by a signal: no new mail, those under way finish.
    const std::atomic<bool>* stop = nullptr;
    const std::atomic<bool>* lost = nullptr;  // the same; the ledger must not be used any more
    std::optional<Microseconds> until{};      // the same at this time, since boot
    // A run waits by itself for retries that come due within this time, and for a rate's next slot
    // within a minute.
    Milliseconds patience = std::chrono::minutes(1);
};

enum class RunEnd {
    kNothingLeft,  // everything is final, or waits for the user
    kNothingDue,   // deferred rows come due later, or a rate lets the next mail go later
    kLimit,
    kStopped,  // by a signal
    kTimeUp,   // RunLimits::until has come
    kHeld,
    kCancelled,
    kUnusable,  // the transport cannot be used, or the server refuses the sender
    kBlocked,   // what is left goes to receivers that want nothing from us
    kBreaker,   // too many rejections: the caller holds the campaign
};

struct RunResult {
    RunEnd end = RunEnd::kNothingLeft;
    std::string transport;  // of all but kNothingLeft
    std::string message;    // of kUnusable, kHeld, kBlocked and kBreaker
    std::string hint;
    std::optional<WallTime> next_due;  // of kNothingDue
    bool rate_spent = false;           // of kNothingDue: it is a rate that makes it so
    std::vector<std::string> slowed;   // see RateGate
    // Of this run.
    std::size_t accepted = 0, rejected = 0, deferred = 0, in_doubt = 0, expired = 0;
};

class Dispatcher {
  public:
    Dispatcher(Dispatch with, RunLimits limits);

    // Runs until nothing more can be done now. `progress` is called about ten times a second. Where
    // the ledger fails (LedgerError), nothing that lacks a durable intent is sent, what is under
    // way finishes and its answers are kept beside the ledger; then the exception leaves this
    // function.
    RunResult run(const std::function<void(const RunResult&)>& progress);

  private:
    struct InFlight {
        ClaimedRow row;
        std::string domain;
        Microseconds begun{};
        bool permitted = false;
        bool withdrawn = false;  // the ledger has taken it back already
    };

    // A mail that has a slot: the intent is asked for in time, so that the slot does not wait for
    // the disk.
    struct Armed {
        FinishedMail mail;
        bool permitted = false;
    };

    // A mail that has a slot asks for its connection and its intent so long before: a commit or
    // two.
    static constexpr Microseconds kArmedAhead = std::chrono::milliseconds(100);

    Microseconds now() const { return with_.clock.since_boot(); }
    void work(const std::function<void(const RunResult&)>& progress);
    bool must_stop();
    void take_news();
    void take_claim(LedgerWriter::Claim claim);
    void take_mails();
    bool look_again_for_mails();
    void want_rows();
    void arm_paced();
    void submit_ready();
    bool submit_first_armed();
    void withdraw(RowId id);
    void submit(FinishedMail mail, bool permitted);
    void return_mail(const ClaimedRow& row, const std::string& domain);
    void return_group(const std::string& domain);
    void pause_all(Microseconds until);
    void return_all();
    bool all_paused() const { return now() < paused_until_; }
    Milliseconds time_to_wait() const;
    void handle(const TransportEvent& event);
    void on_finished(const Finished& event);
    void on_returned(const Returned& event);
    void conclude(const InFlight& one, const Attempt& attempt, const Decision& decision);
    void hand_over();
    void judge(const Decision& decision);
    void count(State state);

    std::size_t at_hand() const { return works_.under_way() + ready_.size(); }
    std::size_t committed() const { return armed_.size() + in_transport_.size(); }
    Armed* find_armed(RowId id);
    std::size_t stock() const;
    bool drained() const;
    // Nothing is under way: waits for what is due soon, or ends the run.
    void rest();
    void end(RunEnd how, std::string message = "", std::string hint = "");
    void wind_up();
    void settle();

    Dispatch with_;
    RunLimits limits_;
    RunResult result_;
    CircuitBreaker breaker_;
    RateGate gate_;
    DomainGroups groups_;
    Pacers pacers_;
    std::atomic<bool> hungry_ = true;  // too few mails are ready
    MailWorks works_;
    std::optional<LedgerWriter> writer_;

    std::multimap<Slot, FinishedMail> ready_;
    std::map<std::pair<Slot, RowId>, Armed> armed_;
    std::map<Ticket, InFlight> in_transport_;
    std::vector<RowId> intents_;              // to be asked for
    std::vector<LedgerWriter::Ended> ended_;  // to be recorded

    bool claiming_ = false;
    bool claimed_when_drained_ = false;
    std::optional<LedgerWriter::Claim> dry_;   // the last claim's answer where it was not full
    std::optional<Microseconds> claim_again_;  // not before
    Microseconds paused_until_{};              // the provider wants nothing before
    std::size_t asked_ = 0;
    std::size_t taken_ = 0;  // rows of this run, without those that came back
    std::size_t largest_mail_ = 0;
    std::size_t unwritten_ = 0;
    Microseconds settled_{};
    std::exception_ptr fault_;
    bool ending_ = false;  // no new mail
};

}  // namespace tocsin
