// The record of who is to get what, who got it, and who must not: the one thing that makes "never
// twice, nobody skipped" true. docs/delivery.md has the states and the writes W0 to W3 that this
// interface serves.
//
// Forms: sqlite (ledger/sqlite/), in memory for tests (ledger/memory.h), and later PostgreSQL; one
// contract suite (tests/unit/ledger/contract.h) runs on every form. Every function throws
// LedgerError when what it promises could not be done; nothing is half-done then. To pass a row
// that a session does not hold, or what else is the caller's fault, is a std::logic_error.
//
// A ledger and all that it hands out belong to one thread at a time, if nothing else is said;
// another thread (or process) opens the ledger once more.
#pragma once

#include <chrono>
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
#include "model/resolution.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

using RowId = std::int64_t;  // one recipient of one plan; unique in the ledger, never reused

// One mailing. `occurrence` tells the runs of a recurring campaign apart and is empty otherwise.
struct MailingKey {
    std::string campaign;
    std::string occurrence;
    // What Message-IDs are made from: it must never change.
    std::string name() const { return campaign + "/" + occurrence; }
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
    bool started = false;  // a row has been attempted, or is about to be
};

// --- W1 to W3: a send ---------------------------------------------------------------------------

// Microseconds since boot (Clock::since_boot): when a mail's slot comes.
using Slot = std::chrono::microseconds;

struct ClaimedRow {
    RowId id = 0;
    std::string address;
    std::vector<std::string> cells;
    int attempts = 0;  // made before
    // The Date of every attempt's message: when the row was first claimed for an attempt that was
    // begun. `claim` sets it always.
    std::optional<WallTime> first_attempt;
    Slot slot{};  // not before; zero: at once
};

struct RowOutcome {
    RowId id = 0;
    State state = State::kPlanned;       // kAccepted, kDeferred, kRejected, kInDoubt, kExpired
    std::optional<WallTime> not_before;  // of kDeferred; unset: at once
    std::string transport;               // the transport's name
    Attempt attempt;
    std::string decision{};  // why this state, one sentence, or empty where the reply says it
    // What the reply says about the address, for no accepted mail. Of `suppress`, scope and reason
    // count: the rest follows from the row and this run.
    std::optional<Suppression> suppress{};
    bool soft_bounce = false;  // full mailboxes and their like: the third mailing suppresses
};

// The spent budgets of rates, which all who send through one ledger share. Opaque here.
class PaceStore {
  public:
    virtual ~PaceStore() = default;
    virtual std::string read(const std::string& scope) = 0;  // empty where nothing was spent
    virtual void write(const std::string& scope, const std::string& state) = 0;
};

// Lets rows through at a claim, one by one: no row is claimed before its token is there.
class ClaimGate {
  public:
    struct Answer {
        enum class Kind {
            kGo,          // the token is taken, and counts from `slot` on
            kGroupWaits,  // rows of other receiving domains may still go
            kAllWait,
        };
        Kind kind = Kind::kGo;
        Slot slot{};
        std::string group;  // of kGroupWaits
    };
    virtual ~ClaimGate() = default;
    // Around the questions of one claim, in its transaction.
    virtual void open(PaceStore& store) = 0;
    virtual void close(PaceStore& store) = 0;
    // May a mail to this address go?
    virtual Answer ask(const std::string& key) = 0;
    // May one to this group, to which `ask` said kGroupWaits, go?
    virtual Answer ask_group(const std::string& group) = 0;
};

// What one commit writes: W3 and W2 of all connections together, so that one wait for the disk
// serves them all.
struct Batch {
    std::vector<RowOutcome> outcomes;
    std::vector<RowId> returned;  // see `give_back`
    std::vector<RowId> intents;   // see `begin_sending`
    bool empty() const { return outcomes.empty() && returned.empty() && intents.empty(); }
};

// What recovery made of the rows that a dead sender left in `sending`.
struct Recovery {
    std::size_t in_doubt = 0;
    std::size_t not_sent = 0;  // planned again: their end of data had surely not left
    std::size_t answered = 0;  // the answer had come, and is on record now
};

// What a user asked of a campaign while or before it is sent.
enum class Control { kOpen = 0, kHeld = 1, kCancelled = 2 };
struct ControlState {
    Control control = Control::kOpen;
    std::string reason;
    WallTime since{};
};

// The exclusive right to send one mailing, from `begin_send` to destruction. Opening it recovers:
// what an earlier sender left in `sending` becomes what is known of it, and else `in_doubt`.
//
// One thread at a time may use it, but for `departing` and `answered`, which belong to the thread
// that sends.
class SendSession {
  public:
    virtual ~SendSession() = default;
    virtual const Recovery& recovery() const = 0;

    // W1. Up to `most` rows that are due: retries first, the longest due before the others, then
    // new ones in plan order; suppressed ones among them become `skipped` in the same transaction.
    // Without a gate all go at once. No row while the mailing is held or cancelled. A claim is the
    // session's alone and ends with it.
    virtual std::vector<ClaimedRow> claim(std::size_t most, WallTime now,
                                          ClaimGate* gate = nullptr) = 0;

    struct Committed {
        std::vector<RowId> granted;  // of the batch's intents
        ControlState control;
    };
    // W2 and W3, durably, before it returns; in the order outcomes, returned, intents. `now` is
    // when the intents are noted.
    virtual Committed commit(const Batch& batch, WallTime now) = 0;

    // W2 alone: makes the rows `sending`. Those that it leaves out may not be sent and are no
    // longer claimed: they were suppressed since, or the mailing is not open any more.
    std::vector<RowId> begin_sending(std::span<const RowId> rows, WallTime now) {
        return commit({{}, {}, {rows.begin(), rows.end()}}, now).granted;
    }
    // W3 alone: final or deferred state and an attempt for each row. Where the mailing was
    // cancelled, none stays deferred: it is skipped. Suppressions that replies speak for are noted
    // provisionally, and block nobody: those of `suppress`, and one (for everything, "bounce") of
    // an address that has bounced softly in kSoftBouncesToSuppress mailings with no accepted mail
    // in between.
    void record(std::span<const RowOutcome> outcomes) {
        commit({{outcomes.begin(), outcomes.end()}, {}, {}}, WallTime{});
    }
    // Gives claims back without an attempt: `sending` rows too, where the caller knows that no end
    // of data left. They are what they were before, or skipped where the mailing was cancelled.
    void give_back(std::span<const RowId> rows) {
        commit({{}, {rows.begin(), rows.end()}, {}}, WallTime{});
    }

    // What survives the death of the process although no commit has it yet (not a power loss):
    // right before a row's end of data can leave, and when its answer is known and judged.
    virtual void departing(RowId row) noexcept = 0;
    virtual void answered(const RowOutcome& outcome) noexcept = 0;
    // Where `commit` has failed: makes what was answered durable all the same. The next session
    // records it.
    virtual void keep_answers() noexcept = 0;

    // When the next deferred row comes due (or came), or nothing; rows at hand do not count.
    virtual std::optional<WallTime> next_due() = 0;
    virtual ControlState control() = 0;
    // Makes the provisional suppressions of this mailing, those of earlier sessions too, entries of
    // the list (`keep`), or forgets them and this mailing's soft bounces: a relay that refuses
    // everybody must not burn a list. Returns how many there were; costs little where there are
    // none, so that a run may call it as often as it likes.
    virtual std::size_t settle_suppressions(bool keep, WallTime now) = 0;
};

// In how many mailings an address bounces softly before it is suppressed.
inline constexpr std::size_t kSoftBouncesToSuppress = 3;

// --- What is known ------------------------------------------------------------------------------

struct AttemptRecord {
    std::string transport;
    Attempt attempt;
    State state = State::kPlanned;  // what it made of the row
    std::string decision;           // RowOutcome::decision
};

struct RowReport {
    std::string address;
    State state = State::kPlanned;
    SkipReason skip = SkipReason::kNone;
    std::string detail;
    std::optional<WallTime> not_before;
    std::vector<std::string> cells;       // in the order of the plan's columns; `rows` fills them
    std::vector<AttemptRecord> attempts;  // oldest first; `explain` fills them
    std::vector<ResolutionRecord> resolutions;  // the same
};

struct DoubtfulRow {
    RowId id = 0;
    std::string key;
    std::string address;
    std::vector<AttemptRecord> attempts;  // oldest first
};

struct Verdict {
    RowId id = 0;
    Resolution resolution = Resolution::kHold;
    std::string evidence;
};

struct SuppressionFilter {
    std::string address;  // key, or empty: all
    std::string scope;    // or empty: all
};

// Which entries that replies gave; what is not set holds for all.
struct ReplyFilter {
    std::string campaign;           // the id
    std::optional<WallTime> from;   // the reply came then or later
    std::optional<WallTime> until;  // ... and before then
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

    // Makes of a dead sender's rows what `begin_send` makes of them; nothing happens where a living
    // one holds the mailing or there is no plan.
    virtual Recovery recover(const MailingKey& mailing, const std::string& owner, WallTime now) = 0;
    // Calls `visit` with every row in doubt, in plan order.
    virtual void in_doubt(const MailingKey& mailing,
                          const std::function<void(const DoubtfulRow&)>& visit) = 0;
    // Decides about rows in doubt, one transaction: accepted, due at once as a retry (the same
    // mail: Message-ID and Date stay), or in doubt as before; recorded for `explain`. Rows that are
    // not in doubt any more are left alone; returns how many were. To resend throws Busy where a
    // sender holds the mailing, which would mail them before it has said who is in doubt, and
    // Refused where it was cancelled.
    virtual std::size_t resolve(const MailingKey& mailing, std::span<const Verdict> verdicts,
                                const std::string& source, WallTime now) = 0;

    // Adds entries, one transaction; an entry that stands (same address and scope) keeps its first
    // reason and time, but one from a reply gives way to any other: an unsubscribe must not go when
    // replies are taken back. Returns how many were new.
    virtual std::size_t suppress(std::span<const Suppression> entries) = 0;
    // Lifts; recorded in the history with `source` and `now`. Returns how many entries were lifted.
    virtual std::size_t unsuppress(const SuppressionFilter& filter, const std::string& source,
                                   WallTime now) = 0;
    // Lifts entries that replies gave, no others, and forgets provisional ones; recorded in the
    // history with `source` and `now`. Returns how many there were.
    virtual std::size_t undo_suppressions(const ReplyFilter& filter, const std::string& source,
                                          WallTime now) = 0;
    virtual bool is_suppressed(const std::string& key, const std::string& list) = 0;
    // Makes `kSuppressed` of those planned rows that are, as the list is at one moment.
    virtual void skip_suppressed(std::span<PlanRow> rows, const std::string& list) = 0;
    // By address, then scope.
    virtual void for_each_suppression(const SuppressionFilter& filter,
                                      const std::function<void(const Suppression&)>& visit) = 0;
    // Everything that ever happened to one address, provisional entries too, oldest first.
    virtual std::vector<SuppressionEvent> suppression_history(const std::string& key) = 0;
};

}  // namespace tocsin
