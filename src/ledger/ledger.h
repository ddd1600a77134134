// The record of who is to get what, who got it, and who must not: the one thing that makes "never
// twice, nobody skipped" true. docs/delivery.md has the states and the writes W0 to W3 that this
// interface serves.
//
// Forms: sqlite (ledger/sqlite/), in memory for tests (ledger/memory.h), and later PostgreSQL; one
// contract suite (tests/unit/ledger/contract.h) runs on every form. Every function throws
// LedgerError when what it promises could not be done; nothing is half-done then, but where it
// says "in portions". To pass a row that a session does not hold, or what else is the caller's
// fault, is a std::logic_error.
//
// A ledger and all that it hands out belong to one thread at a time, if nothing else is said;
// another thread (or process) opens the ledger once more.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/approval.h"
#include "ledger/feedback_note.h"
#include "ledger/keys.h"
#include "ledger/notes.h"
#include "ledger/plan.h"
#include "ledger/row_report.h"
#include "ledger/send_session.h"
#include "mail/address_names.h"
#include "model/attempt.h"
#include "model/feedback.h"
#include "model/resolution.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

class Ledger : public Notes {
  public:
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

    // The campaign's mailings that somebody has still something to do with, in the order of their
    // occurrences: those whose ready plan is not finished (Counts::finished), and those without a
    // plan that were held or released; none that was cancelled. Costs what is unfinished, not what
    // there ever was.
    virtual std::vector<MailingKey> unfinished(const std::string& campaign) = 0;
    // When the first row of the ready plan may go that is planned or deferred: the past where it
    // may at once, or where a row is `sending` (of a living sender or a dead one). Nothing where
    // all are final. Needs no session, and asks no rate.
    virtual std::optional<WallTime> next_due(const MailingKey& mailing) = 0;
    // By name, those in which somebody waits; none where the plan has no zones.
    virtual std::vector<ZoneRows> zones(const MailingKey& mailing) = 0;

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

    // Durable on return. Nothing happens where the same person has approved the same parts; returns
    // whether it was new. `people` says who would get the mail (delivery/people.h), opaque here;
    // only those of the latest approval are kept. A campaign without a plan can be approved, too.
    virtual bool approve(const MailingKey& mailing, const Approval& approval,
                         const std::string& people) = 0;
    // Oldest first.
    virtual std::vector<Approval> approvals(const MailingKey& mailing) = 0;
    // Those of the latest approval, or empty.
    virtual std::string approved_people(const MailingKey& mailing) = 0;

    // Zero counts where there is no plan.
    virtual Counts counts(const MailingKey& mailing) = 0;
    virtual std::optional<RowReport> explain(const MailingKey& mailing, const std::string& key) = 0;
    // Up to `most` rows of one state in plan order, without attempts.
    virtual std::vector<RowReport> rows(const MailingKey& mailing, State state,
                                        std::size_t most) = 0;

    // Calls `visit` with every row of the ready plan, in plan order.
    virtual void for_each_result(const MailingKey& mailing,
                                 const std::function<void(const RowResult&)>& visit) = 0;

    // Makes of a dead sender's rows what `begin_send` makes of them; nothing happens where a living
    // one holds the mailing or there is no plan.
    virtual Recovery recover(const MailingKey& mailing, const std::string& owner, WallTime now) = 0;
    // Calls `visit` with every row in doubt, in plan order.
    virtual void in_doubt(const MailingKey& mailing,
                          const std::function<void(const DoubtfulRow&)>& visit) = 0;
    // Decides about rows in doubt, one transaction: accepted, due at once as a retry (the same
    // mail: Message-ID and Date stay), rejected, or in doubt as before; recorded for `explain`.
    // Rows that are not in doubt any more are left alone; returns how many were. To resend throws
    // Busy where a sender holds the mailing, which would mail them before it has said who is in
    // doubt, and Refused where it was cancelled.
    virtual std::size_t resolve(const MailingKey& mailing, std::span<const Verdict> verdicts,
                                const std::string& source, WallTime now) = 0;

    // By which names addresses are looked up and kept; before it, an address is its only name. What
    // is noted of an address on the suppression list and in its history is kept under
    // `names->kept`. The record of mailings (rows, attempts, soft bounces, provisional entries,
    // feedback) holds addresses as they are.
    virtual void use_names(std::shared_ptr<const AddressNames> names) = 0;
    // Whether the suppression list, its history or feedback has hashed names that begin so ("h:",
    // "t:"): who looks addresses up there needs the keys.
    virtual bool has_names(const std::string& prefix) = 0;
    // How many entries have a `t:` name under a key that `use_names` did not give: nobody can be
    // found by them, so they block nobody.
    virtual std::size_t untold_entries() = 0;

    // Adds entries. An entry that stands (the same scope, and any name of the address) keeps its
    // first reason and time, with the exceptions of rules.h, gives_way: none of them lets somebody
    // be mailed who was not before; and a person's own choice takes the time of its repetition
    // (is_said_again). Durable on return; returns how many were new.
    //
    // Up to 32 entries are one transaction. More are written in portions of a few milliseconds,
    // with a gap after each for who unsubscribes or sends meanwhile: where it throws or dies, the
    // first of them may be added, and the same call once more adds the rest. So do
    // `undo_suppressions` and SendSession::settle_suppressions.
    virtual std::size_t suppress(std::span<const Suppression> entries) = 0;
    // Lifts entries of one address, which the filter names; recorded in the history with `source`
    // and `now`. Returns how many entries were lifted.
    virtual std::size_t unsuppress(const SuppressionFilter& filter, const std::string& source,
                                   WallTime now) = 0;
    // Lifts entries that replies gave, no others, and forgets provisional ones; recorded in the
    // history with `source` and `now`. Returns how many there were.
    virtual std::size_t undo_suppressions(const ReplyFilter& filter, const std::string& source,
                                          WallTime now) = 0;
    // A pause that is over by `now` blocks nobody. This and every other look-up throws LedgerError
    // where the list has `h:` names and no key for them was given: all of them would block nobody.
    virtual bool is_suppressed(const std::string& key, const std::string& list,
                               WallTime now = WallTime{}) = 0;
    // Makes `kSuppressed` of those planned rows that are, as the list is at one moment.
    virtual void skip_suppressed(std::span<PlanRow> rows, const std::string& list,
                                 WallTime now) = 0;
    // By address, then scope; pauses that are over, too.
    virtual void for_each_suppression(const SuppressionFilter& filter,
                                      const std::function<void(const Suppression&)>& visit) = 0;
    // Everything that ever happened to one address under any of its names, provisional entries too,
    // oldest first.
    virtual std::vector<SuppressionEvent> suppression_history(const std::string& key) = 0;

    // What the numbers of a token lead to: of rows in ready plans only. Nothing where it is unknown
    // or was erased; the list's number 0 is none.
    virtual std::optional<RowName> row_name(RowId row) = 0;
    virtual std::optional<std::string> list_name(std::uint64_t number) = 0;
    virtual std::optional<std::string> campaign_name(std::uint64_t number) = 0;

    // One transaction, durable. A report whose id is known changes nothing. Where the row is known,
    // its campaign is the report's, and an empty address is filled in from it. A soft bounce counts
    // in its row's mailing, or where no row is known, in its campaign's; it takes back what the
    // acceptance of that mail said for the address. Returns how many were new.
    virtual std::size_t note_feedback(std::span<const FeedbackNote> notes) = 0;
    // In the order in which it was noted.
    virtual void for_each_feedback(const FeedbackFilter& filter,
                                   const std::function<void(const Feedback&)>& visit) = 0;
    // Of the rows of the ready plan. Feedback is a row's that names it; where it names none, that
    // row's whose key is its address, in its campaign's mailing without occurrence. What is no
    // row's counts nowhere. `report` counts by the same rule (delivery/outcome.h).
    virtual FeedbackCounts feedback_counts(const MailingKey& mailing) = 0;
};

}  // namespace tocsin
