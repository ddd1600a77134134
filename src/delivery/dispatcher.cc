#include "delivery/dispatcher.h"

#include <algorithm>
#include <random>

#include "base/failpoint.h"
#include "base/log.h"

namespace tocsin {
namespace {

constexpr Milliseconds kTick{100};
// A run waits by itself for what comes due within this time.
constexpr Milliseconds kShortWait = std::chrono::minutes(1);

double random_unit() {
    static thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

template <class... Forms>
struct Overloaded : Forms... {
    using Forms::operator()...;
};

}  // namespace

Dispatcher::Dispatcher(Dispatch with, RunLimits limits) : with_(std::move(with)), limits_(limits) {}

RunResult Dispatcher::run(const std::function<void(const RunResult&)>& progress) {
    for (;;) {
        if (limits_.stop != nullptr && *limits_.stop && !ending_) end(RunEnd::kStopped);
        fill();
        if (in_flight_.empty() && with_.transport.idle() && !rest()) break;
        for (const TransportEvent& event : with_.transport.poll(kTick)) handle(event);
        commit();
        progress(result_);
    }
    with_.transport.close();
    return result_;
}

bool Dispatcher::may_claim() const {
    bool limit_reached = limits_.most && submitted_ >= *limits_.most;
    return !ending_ && !limit_reached && with_.transport.room() > 0;
}

void Dispatcher::fill() {
    while (may_claim()) {
        std::size_t most = with_.transport.room();
        if (limits_.most) most = std::min(most, *limits_.most - submitted_);
        std::vector<ClaimedRow> rows = with_.session.claim(most, with_.clock.now());
        if (rows.empty()) return;
        failpoint("w1-claimed");
        for (ClaimedRow& row : rows) submit(std::move(row));
    }
}

void Dispatcher::submit(ClaimedRow row) {
    WallTime date = row.first_attempt.value_or(with_.clock.now());
    Message message = with_.composer.live(Mailbox::from(row.address), row.cells, row.id,
                                          with_.numbers, with_.keys, date);
    Ticket ticket = row.id;
    in_flight_.emplace(ticket, InFlight{std::move(row), date});
    ++submitted_;
    with_.transport.submit(ticket, std::move(message));
}

void Dispatcher::handle(const TransportEvent& event) {
    std::visit(Overloaded{
                   [&](const NeedsPermit& needs) { intents_.push_back(needs.ticket); },
                   [&](const Finished& finished) { on_finished(finished); },
                   [&](const Returned& returned) { on_returned(returned); },
                   [&](const Unusable& why) { end(RunEnd::kUnusable, why.message, why.hint); },
               },
               event);
}

void Dispatcher::on_returned(const Returned& event) {
    // A withdrawn one is gone already: it was suppressed, and stays so.
    if (in_flight_.erase(event.ticket) == 0) return;
    returned_.push_back(event.ticket);
    --submitted_;
}

void Dispatcher::on_finished(const Finished& event) {
    auto found = in_flight_.find(event.ticket);
    if (found == in_flight_.end()) return;
    const ClaimedRow& row = found->second.row;
    Decision decision = decide(event.attempt, {row.attempts, row.first_attempt});
    if (decision.stop == Decision::Stop::kSender) {
        end(RunEnd::kUnusable, decision.said, "no recipient was charged for it");
        return on_returned({event.ticket});
    }
    RowOutcome outcome{.id = row.id,
                       .state = decision.state,
                       .not_before = std::nullopt,
                       .transport = with_.transport_name,
                       .attempt = event.attempt};
    if (decision.state == State::kDeferred) {
        outcome.not_before = with_.clock.now() + with_jitter(decision.retry_after, random_unit());
    }
    count(decision.state);
    outcomes_.push_back(std::move(outcome));
    in_flight_.erase(found);
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

void Dispatcher::commit() {
    if (!outcomes_.empty()) {
        failpoint("w3-reply-parsed");
        with_.session.record(outcomes_);
        outcomes_.clear();
    }
    if (!returned_.empty()) with_.session.give_back(returned_);
    returned_.clear();
    if (!intents_.empty()) grant_intents();
}

void Dispatcher::grant_intents() {
    std::vector<RowId> wanted = std::exchange(intents_, {});
    // Those that ended meanwhile want nothing any more.
    std::erase_if(wanted, [&](RowId id) { return !in_flight_.contains(id); });
    if (ending_ && result_.end == RunEnd::kUnusable) {
        // What the server has just said of one mail holds for these too; they come back unsent.
        for (RowId id : wanted) with_.transport.withdraw(id);
        return;
    }
    std::vector<RowId> granted = with_.session.begin_sending(wanted, with_.clock.now());
    failpoint("w2-durable");
    for (RowId id : wanted) {
        bool may_go = std::find(granted.begin(), granted.end(), id) != granted.end();
        if (may_go) {
            with_.transport.permit(id);
        } else {
            in_flight_.erase(id);  // suppressed since its claim: already recorded
            with_.transport.withdraw(id);
        }
    }
}

bool Dispatcher::rest() {
    commit();
    if (ending_) return false;
    if (auto how = end_without_rows()) {
        end(*how);
        return false;
    }
    with_.transport.poll(kTick);
    return true;
}

std::optional<RunEnd> Dispatcher::end_without_rows() {
    if (limits_.most && submitted_ >= *limits_.most) return RunEnd::kLimit;
    ControlState control = with_.session.control();
    result_.message = control.reason;
    if (control.control == Control::kHeld) return RunEnd::kHeld;
    if (control.control == Control::kCancelled) return RunEnd::kCancelled;
    result_.next_due = with_.session.next_due();
    if (!result_.next_due) return RunEnd::kNothingLeft;
    bool soon = *result_.next_due - with_.clock.now() <= kShortWait;
    if (soon || limits_.wait) return std::nullopt;
    return RunEnd::kNothingDue;
}

void Dispatcher::end(RunEnd how, std::string message, std::string hint) {
    if (ending_ && result_.end != RunEnd::kStopped) return;  // the first cause is the one to tell
    ending_ = true;
    result_.end = how;
    if (!message.empty()) result_.message = std::move(message);
    if (!hint.empty()) result_.hint = std::move(hint);
}

}  // namespace tocsin
