#include "ledger/rules.h"

#include <algorithm>
#include <stdexcept>

#include "base/error.h"

namespace tocsin {

bool is_stricter(const ControlState& series, const ControlState& own) {
    if (series.control != own.control) return series.control > own.control;
    return own.control == Control::kOpen && series.since > own.since;
}

State resting_state(int attempts, Control control) {
    if (control == Control::kCancelled) return State::kSkipped;
    return attempts > 0 ? State::kDeferred : State::kPlanned;
}

State recorded_state(const RowOutcome& outcome, Control control) {
    bool over = control == Control::kCancelled && outcome.state == State::kDeferred;
    return over ? State::kSkipped : outcome.state;
}

SkipReason reason_of(State state) {
    return state == State::kSkipped ? SkipReason::kCancelled : SkipReason::kNone;
}

AttemptRecord abandoned_attempt(WallTime began, WallTime found) {
    AttemptRecord record;
    record.state = State::kInDoubt;
    record.attempt.phase = Phase::kEndOfData;
    record.attempt.error = "the sender ended before a reply was recorded";
    record.attempt.started = began;
    record.attempt.ended = found;
    return record;
}

bool blocks(const Suppression& entry, WallTime now) {
    return !entry.until || *entry.until > now;
}

std::string skip_detail(const Suppression& entry) {
    std::string end = entry.until ? ", until " + iso8601(*entry.until) : "";
    return entry.reason + ", " + entry.source + end;
}

bool gives_way(const Suppression& standing, const Suppression& other) {
    const bool replied = other.source == kFromReply;
    if (standing.until && other.until) return *other.until > *standing.until;
    if (standing.until) return !replied || !blocks(standing, other.time);
    if (other.until || replied) return false;
    bool is_feedback = other.reason == "complaint" || other.reason == "bounce";
    return standing.source == kFromReply || (standing.reason == "unsubscribe" && is_feedback) ||
           (is_own_choice(standing) && !is_own_choice(other));
}

bool is_own_choice(const Suppression& entry) {
    bool is_choice = entry.reason == "unsubscribe" || entry.reason == "pause";
    bool is_own = entry.source == kFromOneClick || entry.source == kFromPage ||
                  entry.source == kFromMail || entry.source.starts_with(kFromWebhook);
    return is_choice && is_own;
}

bool is_said_again(const Suppression& standing, const Suppression& other) {
    return is_own_choice(standing) && is_own_choice(other) && other.time > standing.time &&
           !gives_way(standing, other);
}

// One click that is repeated and repeated must not fill the history.
bool is_worth_an_event(const Suppression& standing, const Suppression& other) {
    return other.time >= standing.time + std::chrono::minutes(5);
}

Suppression suppression_of_reply(const RowOutcome& outcome, const std::string& key,
                                 const MailingKey& mailing) {
    const Suppression& wanted = outcome.suppress.value();
    return {key, wanted.scope, wanted.reason, kFromReply, outcome.attempt.ended, mailing.campaign};
}

Suppression suppression_of_soft_bounces(const RowOutcome& outcome, const std::string& key,
                                        const MailingKey& mailing) {
    return {key, kEverything, "bounce", kFromReply, outcome.attempt.ended, mailing.campaign};
}

Suppression suppression_of_feedback(const Feedback& feedback) {
    return {feedback.address, kEverything,   "bounce",
            feedback.source,  feedback.time, feedback.campaign};
}

bool matches(const FeedbackFilter& filter, const Feedback& feedback,
             const std::vector<std::string>& names) {
    bool is_of = filter.address.empty() ||
                 std::find(names.begin(), names.end(), feedback.address) != names.end();
    return is_of && (filter.campaign.empty() || filter.campaign == feedback.campaign);
}

bool matches(const ReplyFilter& filter, const Suppression& entry) {
    bool is_said =
        entry.reason == "unsubscribe" || entry.reason == "complaint" || entry.reason == "manual";
    return entry.source == kFromReply && !is_said &&
           (filter.campaign.empty() || filter.campaign == entry.campaign) &&
           (!filter.from || entry.time >= *filter.from) &&
           (!filter.until || entry.time < *filter.until);
}

State resolved_state(Resolution resolution) {
    switch (resolution) {
        case Resolution::kAccept:
            return State::kAccepted;
        case Resolution::kResend:
            return State::kDeferred;
        case Resolution::kReject:
            return State::kRejected;
        case Resolution::kHold:
            break;
    }
    return State::kInDoubt;
}

bool resends(std::span<const Verdict> verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(),
                       [](const Verdict& v) { return v.resolution == Resolution::kResend; });
}

std::optional<WallTime> due(const RowOutcome& outcome) {
    if (outcome.state != State::kDeferred) return std::nullopt;
    return outcome.not_before.value_or(outcome.attempt.ended);
}

std::optional<WallTime> not_before(State state, std::optional<WallTime> retry,
                                   std::optional<WallTime> opens) {
    if (state == State::kPlanned) return opens;
    if (state != State::kDeferred) return std::nullopt;
    return retry && opens ? std::max(retry, opens) : retry;
}

void demand_permanent_names(const AddressNames& names, bool listed) {
    if (!listed || names.has_permanent()) return;
    throw LedgerError(
        "the suppression list has hashed entries, and their key was not there at the start",
        "Run it again.");
}

void refuse_cancelled(const MailingKey& mailing, const ControlState& control) {
    if (control.control != Control::kCancelled) return;
    throw Refused(shown(mailing) + " was cancelled",
                  "A cancelled campaign cannot be taken up "
                  "again; copy it under a new id.");
}

void refuse_replanning(const MailingKey& mailing) {
    throw Refused(shown(mailing) + " has been started: its plan cannot be replaced",
                  "Send it as planned, or add new people with --top-up.");
}

void refuse_second_plan(const MailingKey& mailing) {
    throw Busy(shown(mailing) + " has been planned by another program meanwhile");
}

void refuse_unplanned(const MailingKey& mailing) {
    throw Refused(shown(mailing) + " has no plan", "Make one with `tocsin plan`.");
}

void check_top_up(const PlanHeader& header, const std::optional<PlanInfo>& present) {
    if (!present) refuse_unplanned(header.mailing);
    if (present->columns == header.columns) return;
    throw Refused(shown(header.mailing) + " was planned with other columns in its lists",
                  "Give the lists the columns back that they had.");
}

void check_cells(const PlanRow& row, std::size_t columns) {
    bool may_be_empty = row.skip != SkipReason::kNone;
    if (row.cells.size() == columns || (may_be_empty && row.cells.empty())) return;
    throw std::invalid_argument("a plan row has another number of cells than the plan has columns");
}

bool ends_attempt(State state) {
    switch (state) {
        case State::kAccepted:
        case State::kDeferred:
        case State::kRejected:
        case State::kInDoubt:
        case State::kExpired:
            return true;
        default:
            return false;
    }
}

void check_lifts_one(const SuppressionFilter& filter) {
    if (filter.address.empty()) throw std::invalid_argument("a lift of everybody's entries");
}

void check_outcome(const RowOutcome& outcome) {
    bool blames_address = outcome.suppress || outcome.soft_bounce;
    if (outcome.state == State::kAccepted && blames_address)
        throw std::invalid_argument("an accepted mail speaks against its address");
    if (!ends_attempt(outcome.state))
        throw std::invalid_argument("this state is not the outcome of an attempt");
}

void refuse_stray_row() {
    throw std::invalid_argument("a row of another plan");
}

void refuse_late_postponement() {
    throw std::invalid_argument("a zone is postponed while rows are claimed");
}

std::string shown(const MailingKey& mailing) {
    return "campaign " + mailing.shown();
}

}  // namespace tocsin
