// The half of the dispatcher that judges what became of a mail, and hands it to the ledger.
#include <random>
#include <utility>

#include "base/failpoint.h"
#include "delivery/dispatcher.h"

namespace tocsin {
namespace {

constexpr Microseconds kSettleEvery = std::chrono::seconds(10);

double random_unit() {
    static thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

GateFeedback::Kind feedback_kind(const Decision& decision) {
    if (decision.state == State::kAccepted) return GateFeedback::Kind::kAccepted;
    if (decision.policy_refusal) return GateFeedback::Kind::kPolicyRefused;
    if (decision.state == State::kRejected) return GateFeedback::Kind::kRejected;
    return GateFeedback::Kind::kOther;
}

std::string uncharged(const std::string& hint) {
    return (hint.empty() ? "" : hint + "; ") + "no recipient was charged for it";
}

}  // namespace

void Dispatcher::on_finished(const Finished& event) {
    auto found = in_transport_.find(event.ticket);
    if (found == in_transport_.end()) return;
    InFlight one = std::move(found->second);
    in_transport_.erase(found);
    if (one.withdrawn) return;  // refused, and no row of ours any more
    Decision decision = decide(
        event.attempt, {one.row.attempts, one.row.first_attempt, with_.rates.limits.give_up_after});
    if (decision.stop == Decision::Stop::kSender) {
        with_.session.not_sent(one.row.id);
        failpoint("sender-refused");
        end(RunEnd::kUnusable, decision.said, uncharged(decision.hint));
        return return_mail(one.row, one.domain);
    }
    conclude(one, event.attempt, decision);
    judge(decision);
}

void Dispatcher::conclude(const InFlight& one, const Attempt& attempt, const Decision& decision) {
    RowOutcome outcome;
    outcome.id = one.row.id;
    outcome.state = decision.state;
    outcome.transport = with_.rates.transport;
    outcome.attempt = attempt;
    outcome.decision = decision.said;
    outcome.soft_bounce = decision.suppress == Decision::Suppress::kSoft;
    if (decision.suppress == Decision::Suppress::kNow) {
        outcome.suppress.emplace();
        outcome.suppress->scope = kEverything;
        outcome.suppress->reason = "bounce";
    }
    if (decision.state == State::kDeferred) {
        outcome.not_before = with_.clock.now() + with_jitter(decision.retry_after, random_unit());
    }
    count(decision.state);
    with_.session.answered(outcome);
    const bool pauses = decision.pause_all > Milliseconds(0);
    const Microseconds pause_until = pauses ? now() + decision.pause_all : Microseconds(0);
    const bool blocked = decision.stop == Decision::Stop::kGroup;
    ended_.push_back({std::move(outcome),
                      {.kind = feedback_kind(decision),
                       .domain = one.domain,
                       .throttled = decision.throttled,
                       .blocked = blocked,
                       .begun = one.begun,
                       .all_wait_until = pause_until}});
    // The gate must know why before anything comes back, or it would let it through again.
    if (pauses || decision.throttled || blocked) hand_over();
    if (pauses) pause_all(pause_until);
    if (decision.throttled || blocked) return_group(one.domain);
    if (dry_ && dry_->wait.for_answers) claim_again_ = now();
}

// Together what came together: the writer takes the processor as soon as it has something to do,
// and a process that is killed then would have noted one half of a provider's answer.
void Dispatcher::hand_over() {
    if (ended_.empty()) return;
    unwritten_ += ended_.size();
    writer_->record(std::exchange(ended_, {}));
}

void Dispatcher::judge(const Decision& decision) {
    if (decision.state == State::kAccepted) breaker_.accepted();
    if (decision.state == State::kRejected) breaker_.rejected();
    if (breaker_.tripped()) end(RunEnd::kBreaker, breaker_.reason());
    if (!breaker_.passed() || now() - settled_ < kSettleEvery) return;
    settled_ = now();
    hand_over();
    writer_->settle_suppressions(true);
}

void Dispatcher::count(State state) {
    switch (state) {
        case State::kAccepted:
            ++result_.accepted;
            break;
        case State::kRejected:
            ++result_.rejected;
            break;
        case State::kDeferred:
            ++result_.deferred;
            break;
        case State::kInDoubt:
            ++result_.in_doubt;
            break;
        case State::kExpired:
            ++result_.expired;
            break;
        default:
            break;
    }
}

// What this run's replies said of addresses counts where the run can be believed. Where it was
// broken off early, a later run decides.
void Dispatcher::settle() {
    bool broke = result_.end == RunEnd::kBreaker;
    bool to_the_end = result_.end == RunEnd::kNothingLeft || result_.end == RunEnd::kNothingDue;
    if (broke || to_the_end || breaker_.passed()) {
        with_.session.settle_suppressions(!broke, with_.clock.now());
    }
}

}  // namespace tocsin
