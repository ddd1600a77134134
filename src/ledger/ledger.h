// The record of who is to get what, who got it, and who must not: the one thing that makes "never
// twice, nobody skipped" true. docs/delivery.md has the states and the writes W0 to W3 that this
// interface serves.
//
// Forms: sqlite (ledger/sqlite/), in memory for tests (ledger/memory.h), and later PostgreSQL; one
// contract suite (tests/unit/ledger/contract.h) runs on every form. Every function throws
// LedgerError when what it promises could not be done; nothing is half-done then. To pass a row
// that a session does not hold, or what else is the caller's fault, is a std::logic_error.
//
// A ledger and all that it hands out belong to one thread at a time; another thread (or process)
// opens the ledger once more.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/attempt.h"
#include "model/recipient.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

using RowId = std::int64_t;  // one recipient of one plan; unique in the ledger, never reused

// One mailing. `occurrence` tells the runs of a recurring campaign apart and is empty otherwise.
struct MailingKey {
    std::string campaign;
    std::string occurrence;
    friend auto operator<=>(const MailingKey&, const MailingKey&) = default;
};

// --- W0: the plan -------------------------------------------------------------------------------

struct PlanHeader {
    MailingKey mailing;
    std::string list;          // the unsubscribe list's name, or empty: everything
    std::string content;       // bytes of model/content.h, opaque here
    std::string content_hash;  // hex SHA-256 of `content`
    std::string inputs;        // what the files were (delivery/inputs.h), opaque here
    Columns columns;
    WallTime created{};
};

// One distinct address of the audience, or one row that holds no address.
struct PlanRow {
    std::string address;                  // as written; for an invalid row whatever stood there
    std::string key;                      // Mailbox::key(); for an invalid row unique, "file:line"
    std::vector<std::string> cells;       // as many as columns; may be empty for skipped rows
    SkipReason skip = SkipReason::kNone;  // kNone: planned
    std::string detail;  // why skipped: "lists/members.csv:12: the domain has no dot"
};

// Writes rows in short transactions that nobody sees; `commit` makes all of them ready at once. A
// writer that is destroyed without it, or dies, leaves no plan. Until its commit or end it holds
// the mailing as a send does.
class PlanWriter {
  public:
    virtual ~PlanWriter() = default;
    // A row whose key is there already is left out.
    virtual void add(const PlanRow& row) = 0;
    // `duplicates`: rows that were left out because their address had come before; replaces the
    // number of an earlier plan. Throws Refused where the mailing was cancelled meanwhile.
    virtual void commit(std::size_t duplicates) = 0;
};

enum class PlanKind {
    kNew,  // there is none yet, or the present one is replaced: refused (Refused) once a row of it
           // has left `planned`/`skipped`
    kTopUp,  // adds people who are not in it; content, list and time stay those of the first plan,
             // `inputs` become the header's; Refused where there is no plan or columns differ
};

struct PlanInfo {
    MailingKey mailing;
    std::int64_t campaign_number = 0;  // small, stable: goes into unsubscribe tokens
    std::int64_t list_number = 0;      // 0: everything
    std::string list;
    std::string content;
    std::string content_hash;
    std::string inputs;
    Columns columns;
    WallTime created{};
    bool started = false;  // a row has been claimed or attempted
};

// --- W1 to W3: a send ---------------------------------------------------------------------------

struct ClaimedRow {
    RowId id = 0;
    std::string address;
    std::vector<std::string> cells;
    int attempts = 0;  // made before
    // The Date of every attempt's message: when the row was first claimed for an attempt. `claim`
    // sets it always.
    std::optional<WallTime> first_attempt;
};

struct RowOutcome {
    RowId id = 0;
    State state = State::kPlanned;       // kAccepted, kDeferred, kRejected, kInDoubt, kExpired
    std::optional<WallTime> not_before;  // of kDeferred; unset: at once
    std::string transport;               // the transport's name
    Attempt attempt;
};

// What recovery made of the rows that a dead sender left in `sending`.
struct Recovery {
    std::size_t in_doubt = 0;
};

// What a user asked of a campaign while or before it is sent.
enum class Control { kOpen = 0, kHeld = 1, kCancelled = 2 };
struct ControlState {
    Control control = Control::kOpen;
    std::string reason;
    WallTime since{};
};

// The exclusive right to send one mailing, from `begin_send` to destruction. Opening it recovers:
// rows that an earlier sender left in `sending` become `in_doubt`, its claims are given back.
class SendSession {
  public:
    virtual ~SendSession() = default;
    virtual const Recovery& recovery() const = 0;

    // W1. Up to `most` rows that are due: retries first, the longest due before the others, then
    // new ones in plan order; suppressed ones among them become `skipped` in the same transaction.
    // No row while the mailing is held or cancelled.
    virtual std::vector<ClaimedRow> claim(std::size_t most, WallTime now) = 0;
    // W2. Makes the rows `sending`, durably, before it returns; the rows it leaves out were
    // suppressed since their claim and are `skipped` now.
    virtual std::vector<RowId> begin_sending(std::span<const RowId> rows, WallTime now) = 0;
    // W3. Final or deferred state and an attempt for each row, durably. Rows that failed before the
    // end of data need no W2. Where the mailing was cancelled, none stays deferred: it is skipped.
    virtual void record(std::span<const RowOutcome> outcomes) = 0;
    // Gives claims back without an attempt: `sending` rows too, where the caller knows that no end
    // of data left. They are what they were before, or skipped where the mailing was cancelled.
    virtual void give_back(std::span<const RowId> rows) = 0;
    // When the next deferred row comes due (or came), or nothing.
    virtual std::optional<WallTime> next_due() = 0;
    virtual ControlState control() = 0;
};

// --- What is known ------------------------------------------------------------------------------

struct AttemptRecord {
    std::string transport;
    Attempt attempt;
    State state = State::kPlanned;  // what it made of the row
};

struct RowReport {
    std::string address;
    State state = State::kPlanned;
    SkipReason skip = SkipReason::kNone;
    std::string detail;
    std::optional<WallTime> not_before;
    std::vector<std::string> cells;       // in the order of the plan's columns; `rows` fills them
    std::vector<AttemptRecord> attempts;  // oldest first; `explain` fills them
};

struct SuppressionFilter {
    std::string address;  // key, or empty: all
    std::string scope;    // or empty: all
};

struct SuppressionEvent {
    Suppression entry;
    bool lifted = false;  // recorded removals
};

class Ledger {
  public:
    virtual ~Ledger() = default;

    // Made once with the ledger; what tocsin.lock names. 32 hex digits.
    virtual std::string id() const = 0;

    // Throws Busy where the mailing is planned or sent at this moment, Refused where it was
    // cancelled.
    virtual std::unique_ptr<PlanWriter> write_plan(const PlanHeader& header, PlanKind kind) = 0;
    virtual std::optional<PlanInfo> plan(const MailingKey& mailing) = 0;
    // Every mailing that has a ready plan, oldest first.
    virtual std::vector<MailingKey> mailings() = 0;
    // Calls `visit` with key and state of every row of the ready plan, in plan order.
    virtual void for_each_row(
        const MailingKey& mailing,
        const std::function<void(const std::string& key, State state)>& visit) = 0;

    // Throws Busy, with who holds it, where another process (or session) sends or plans this
    // mailing; Refused where it has no plan.
    // `owner` names the caller for others: "pid 123 on host".
    virtual std::unique_ptr<SendSession> begin_send(const MailingKey& mailing,
                                                    const std::string& owner, WallTime now) = 0;

    virtual ControlState control(const MailingKey& mailing) = 0;
    // A campaign without a plan can be held too. Cancelling skips (kCancelled) every row that is
    // planned or deferred and not claimed by a living sender, and is final: it throws Refused for
    // anything after it.
    virtual void set_control(const MailingKey& mailing, Control control, const std::string& reason,
                             WallTime now) = 0;

    // Zero counts where there is no plan.
    virtual Counts counts(const MailingKey& mailing) = 0;
    virtual std::optional<RowReport> explain(const MailingKey& mailing, const std::string& key) = 0;
    // Up to `most` rows of one state in plan order, without attempts.
    virtual std::vector<RowReport> rows(const MailingKey& mailing, State state,
                                        std::size_t most) = 0;

    // Adds entries, one transaction; an entry that stands (same address and scope) keeps its first
    // reason and time. Returns how many were new.
    virtual std::size_t suppress(std::span<const Suppression> entries) = 0;
    // Lifts; recorded in the history with `source` and `now`. Returns how many entries were lifted.
    virtual std::size_t unsuppress(const SuppressionFilter& filter, const std::string& source,
                                   WallTime now) = 0;
    virtual bool is_suppressed(const std::string& key, const std::string& list) = 0;
    // Makes `kSuppressed` of those planned rows that are, as the list is at one moment.
    virtual void skip_suppressed(std::span<PlanRow> rows, const std::string& list) = 0;
    // By address, then scope.
    virtual void for_each_suppression(const SuppressionFilter& filter,
                                      const std::function<void(const Suppression&)>& visit) = 0;
    // Everything that ever happened to one address, oldest first.
    virtual std::vector<SuppressionEvent> suppression_history(const std::string& key) = 0;
};

}  // namespace tocsin
