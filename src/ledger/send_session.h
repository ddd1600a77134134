// W1 to W3: one send of one mailing, as the ledger sees it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/claim_gate.h"
#include "ledger/keys.h"
#include "model/attempt.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

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
// One thread at a time may use it, but for `departing`, `answered` and `not_sent`, which belong to
// the thread that sends.
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
    // The answer refused the sender, whoever the recipient is: the row never departed, and will be
    // given back.
    virtual void not_sent(RowId row) noexcept = 0;
    // Where `commit` has failed: makes what was answered durable all the same. The next session
    // records it.
    virtual void keep_answers() noexcept = 0;

    // Nobody of one zone is claimed before `until`, nor before what an earlier call said: who is
    // planned or deferred there, and who will be (by a top-up, or to be sent again). The empty zone
    // is that of people without one, in a plan where others have one. It holds until the plan is
    // replaced. Returns how many wait the longer for it; durable. Costs the same for many people as
    // for few, but for the counting, and nothing where it changes nothing. While no row is claimed.
    virtual std::size_t postpone(const std::string& zone, WallTime until) = 0;

    // When the next deferred row comes due (or came), or the next zone opens in which somebody is
    // planned, or nothing. Rows at hand do not count, nor zones that were open at the last claim.
    virtual std::optional<WallTime> next_due() = 0;
    // What was asked of the mailing or, where that is stricter, of its series: a hold or a
    // cancellation of {campaign, ""} is one of each of its occurrences, here and in `claim` and
    // `commit`.
    virtual ControlState control() = 0;
    // Makes the provisional suppressions of this mailing, those of earlier sessions too, entries of
    // the list (`keep`), or forgets them and this mailing's soft bounces, but not those that mails
    // which came back gave: a relay that refuses everybody must not burn a list. Returns how many
    // there were; costs little where there are none, so that a run may call it as often as it
    // likes.
    virtual std::size_t settle_suppressions(bool keep, WallTime now) = 0;
};

// In how many mailings an address bounces softly before it is suppressed.
inline constexpr std::size_t kSoftBouncesToSuppress = 3;

}  // namespace tocsin
