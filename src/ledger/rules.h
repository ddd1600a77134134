// Rules of the contract that every form of the ledger shares.
#pragma once

#include <optional>

#include "ledger/ledger.h"

namespace tocsin {

// Whether a series' control comes before that of one of its mailings: where it is stricter, or
// where both are open and it is the later.
bool is_stricter(const ControlState& series, const ControlState& own);

// What a row that is not being sent any more waits as: a retry if it was attempted before, nothing
// at all if its mailing is over.
State resting_state(int attempts, Control control);

// What a row becomes with this outcome: in a cancelled mailing nothing stays deferred.
State recorded_state(const RowOutcome& outcome, Control control);

// Why a row that left a sender is skipped, if it is: only a cancellation does that.
SkipReason reason_of(State state);

// The attempt that recovery notes for a row whose sender died while it was `sending`.
AttemptRecord abandoned_attempt(WallTime began, WallTime found);

// Whether an entry keeps anybody from mail at that time: a pause may be over.
bool blocks(const Suppression& entry, WallTime now);

// Why a row was skipped for this entry: "unsubscribe, command line".
std::string skip_detail(const Suppression& entry);

// Whether a standing entry is replaced by another of the same address and scope: a pause by a
// longer one and by what has no end; what a reply says by anything else, as replies may be taken
// back, and never what a person said with it; what a person chose by a link by anybody else's
// entry, and any unsubscribe by a complaint or a bounce, for these stand when the person takes the
// choice back.
bool gives_way(const Suppression& standing, const Suppression& other);

// What a person chose with our links or a provider's: an undo takes back this, and nothing else.
bool is_own_choice(const Suppression& entry);

// Whether a person says later what stands as their own choice already, or less. The entry takes the
// later time then, so that an undo from in between does not lift it; the history tells of it where
// minutes have passed.
bool is_said_again(const Suppression& standing, const Suppression& other);
bool is_worth_an_event(const Suppression& standing, const Suppression& other);

// The provisional entries that an outcome gives: what its reply says, and what soft bounces add up
// to.
Suppression suppression_of_reply(const RowOutcome& outcome, const std::string& key,
                                 const MailingKey& mailing);
Suppression suppression_of_soft_bounces(const RowOutcome& outcome, const std::string& key,
                                        const MailingKey& mailing);

// What a soft bounce that came as feedback adds up to.
Suppression suppression_of_feedback(const Feedback& feedback);
bool matches(const FeedbackFilter& filter, const Feedback& feedback,
             const std::vector<std::string>& names);

// Not what a person said, whatever the source: a list that was exported here and imported there.
bool matches(const ReplyFilter& filter, const Suppression& entry);

// What a row in doubt becomes.
State resolved_state(Resolution resolution);
bool resends(std::span<const Verdict> verdicts);

// When a row may go of which that is on record, and whose zone waits until `opens`.
std::optional<WallTime> not_before(State state, std::optional<WallTime> retry,
                                   std::optional<WallTime> opens);

// When an outcome's row comes due again; only for kDeferred.
std::optional<WallTime> due(const RowOutcome& outcome);

// Throws LedgerError: the list has names that `names` cannot tell.
void demand_permanent_names(const AddressNames& names, bool listed);

// Throw Refused.
void refuse_cancelled(const MailingKey& mailing, const ControlState& control);
[[noreturn]] void refuse_replanning(const MailingKey& mailing);
// Throws Busy: PlanKind::kFirst
[[noreturn]] void refuse_second_plan(const MailingKey& mailing);
[[noreturn]] void refuse_unplanned(const MailingKey& mailing);
// There must be a plan, with the same columns.
void check_top_up(const PlanHeader& header, const std::optional<PlanInfo>& present);

// Whether an attempt can end in it.
bool ends_attempt(State state);

// Throw std::invalid_argument: the caller's fault.
void check_cells(const PlanRow& row, std::size_t columns);
void check_outcome(const RowOutcome& outcome);
void check_lifts_one(const SuppressionFilter& filter);
[[noreturn]] void refuse_stray_row();
[[noreturn]] void refuse_late_postponement();

// "campaign x", "campaign x@2026-12-01T09:00": for messages.
std::string shown(const MailingKey& mailing);

}  // namespace tocsin
