#include "delivery/dispatcher.h"

#include <algorithm>

#include "base/log.h"

namespace tocsin {
namespace {

constexpr Milliseconds kTick{100};
// A run waits by itself for the next slot of a rate that comes within this time.
constexpr Milliseconds kShortWait = std::chrono::minutes(1);
// Mails at hand, rendered or about to be: by number and by size.
constexpr std::size_t kMostAtHand = 512;
// At once: commits wait for a claim that is under way.
constexpr std::size_t kMostClaimed = 48;
constexpr std::size_t kMostBytesAtHand = 16u << 20;
constexpr std::size_t kUnknownSize = 256u << 10;  // before the first mail is rendered

template <class... Forms>
struct Overloaded : Forms... {
    using Forms::operator()...;
};

}  // namespace

Dispatcher::Dispatcher(Dispatch with, RunLimits limits)
    : with_(std::move(with)),
      limits_(limits),
      breaker_(with_.breaker),
      gate_(with_.rates, with_.connections, with_.clock, boot_id()),
      groups_(with_.rates.limits.domains, with_.connections),
      pacers_(with_.rates, groups_),
      works_(with_.material, [this] {
          if (hungry_) with_.transport.wake();
      }) {}

RunResult Dispatcher::run(const std::function<void(const RunResult&)>& progress) {
    writer_.emplace(with_.session, gate_, with_.clock, [this] { with_.transport.wake(); });
    work(progress);
    writer_.reset();
    with_.transport.close();
    if (fault_) {
        with_.session.keep_answers();
        std::rethrow_exception(fault_);
    }
    settle();
    return result_;
}

void Dispatcher::work(const std::function<void(const RunResult&)>& progress) {
    using SteadyClock = std::chrono::steady_clock;
    SteadyClock::time_point shown{};
    for (;;) {
        if (must_stop()) progress(result_);
        take_news();
        take_mails();
        if (ending_) wind_up();
        if (ending_ && drained()) return;
        want_rows();
        arm_paced();
        submit_ready();
        if (!ending_ && drained()) rest();
        bool fed = look_again_for_mails();
        Milliseconds wait = fed ? Milliseconds(0) : time_to_wait();
        for (const TransportEvent& event : with_.transport.poll(wait)) handle(event);
        hand_over();
        if (SteadyClock::now() - shown < kTick) continue;
        shown = SteadyClock::now();
        progress(result_);
    }
}

// Whether it was told to just now.
bool Dispatcher::must_stop() {
    if (ending_) return false;
    for (const std::atomic<bool>* stop : {limits_.stop, limits_.lost}) {
        if (stop != nullptr && *stop) end(RunEnd::kStopped);
    }
    if (limits_.until && now() >= *limits_.until) end(RunEnd::kTimeUp);
    return ending_;
}

void Dispatcher::take_news() {
    LedgerWriter::News news = writer_->take_news();
    unwritten_ = news.unwritten;
    result_.slowed = std::move(news.slowed);
    if (news.fault && !fault_) {
        fault_ = news.fault;
        ending_ = true;
    }
    if (fault_) return;
    for (RowId id : news.granted) {
        if (Armed* armed = find_armed(id)) armed->permitted = true;
        auto found = in_transport_.find(id);
        if (found == in_transport_.end()) continue;  // armed, or over
        found->second.permitted = true;
        with_.transport.permit(id);
    }
    // Suppressed since, or the campaign is not open any more.
    for (RowId id : news.refused) withdraw(id);
    if (news.claim) take_claim(std::move(*news.claim));
    if (news.control.control == Control::kHeld) end(RunEnd::kHeld, news.control.reason);
    if (news.control.control == Control::kCancelled) end(RunEnd::kCancelled, news.control.reason);
}

void Dispatcher::take_claim(LedgerWriter::Claim claim) {
    claiming_ = false;
    taken_ += claim.rows.size();
    bool dry = claim.rows.size() < asked_;
    std::vector<ClaimedRow> rows = std::exchange(claim.rows, {});
    dry_ = dry ? std::optional(std::move(claim)) : std::nullopt;
    claim_again_.reset();
    if (dry_ && dry_->wait.until) claim_again_ = dry_->wait.ask_again;
    claimed_when_drained_ = claimed_when_drained_ && rows.empty();
    if (!rows.empty() && !ending_) works_.add(std::move(rows));
}

void Dispatcher::take_mails() {
    try {
        for (FinishedMail& mail : works_.take()) {
            largest_mail_ = std::max(largest_mail_, mail.message.size());
            Slot slot = mail.row.slot;
            ready_.emplace(slot, std::move(mail));
        }
        if (all_paused()) return_all();
    } catch (...) {
        if (!fault_) fault_ = std::current_exception();
        ending_ = true;
    }
}

// The works wake the loop only where it lacks mails. True where some have come in just before it
// said so.
bool Dispatcher::look_again_for_mails() {
    hungry_ = ready_.size() < with_.transport.capacity();
    if (!hungry_) return false;
    std::size_t before = ready_.size();
    take_mails();
    return ready_.size() > before;
}

// How many mails may be at hand: large ones take room.
std::size_t Dispatcher::stock() const {
    std::size_t size = largest_mail_ == 0 ? kUnknownSize : largest_mail_;
    return std::clamp<std::size_t>(kMostBytesAtHand / size, 1, kMostAtHand);
}

void Dispatcher::want_rows() {
    if (claiming_ || ending_ || at_hand() > stock() / 2) return;
    bool was_drained = drained();
    if (dry_ && !(was_drained && !claimed_when_drained_)) {
        if (!claim_again_ || now() < *claim_again_) return;
    }
    std::size_t most = std::min(stock() - at_hand(), kMostClaimed);
    if (limits_.most) most = std::min(most, *limits_.most - std::min(*limits_.most, taken_));
    if (most == 0) return;
    claiming_ = true;
    claimed_when_drained_ = was_drained;
    asked_ = most;
    writer_->claim(most);
}

// A mail without a slot begins before its intent is durable; its body does not leave before that.
void Dispatcher::submit_ready() {
    const auto& transport = with_.transport;
    while (!ending_ && transport.room() > 0 && submit_first_armed()) {
    }
    while (!ending_ && transport.room() > 0 && !ready_.empty() && ready_.begin()->first == Slot{}) {
        FinishedMail mail = std::move(ready_.begin()->second);
        ready_.erase(ready_.begin());
        intents_.push_back(mail.row.id);
        submit(std::move(mail), false);
    }
    if (!intents_.empty()) writer_->intend(std::exchange(intents_, {}));
    std::size_t due = armed_.size();
    const Microseconds soon = now() + kArmedAhead;
    for (auto one = ready_.begin(); one != ready_.end() && due < transport.capacity(); ++one) {
        if (one->first > soon) break;
        ++due;
    }
    with_.transport.expect(ending_ ? 0 : due);
}

void Dispatcher::submit(FinishedMail mail, bool permitted) {
    Ticket ticket = mail.row.id;
    std::string domain = domain_of(mail);
    in_transport_.emplace(ticket,
                          InFlight{std::move(mail.row), std::move(domain), now(), permitted});
    with_.transport.submit(ticket, std::move(mail.message));
    if (permitted) with_.transport.permit(ticket);
}

void Dispatcher::withdraw(RowId id) {
    if (find_armed(id) != nullptr) {
        std::erase_if(armed_, [id](const auto& one) { return one.first.second == id; });
        --taken_;
    }
    auto found = in_transport_.find(id);
    if (found == in_transport_.end()) return;
    found->second.withdrawn = true;
    --taken_;
    with_.transport.withdraw(id);
}

void Dispatcher::return_mail(const ClaimedRow& row, const std::string& domain) {
    std::erase(intents_, row.id);  // not asked for yet: it must not be asked for afterwards
    writer_->give_back(row.id, {.kind = GateFeedback::Kind::kReturned,
                                .domain = domain,
                                .begun = now(),
                                .slot = row.slot});
    ++unwritten_;
    --taken_;
    claim_again_ = now();
}

Milliseconds Dispatcher::time_to_wait() const {
    Microseconds wait = kTick;
    auto consider = [&](Microseconds time) {
        wait = std::min(wait, std::max(time - now(), Microseconds{0}));
    };
    if (!ready_.empty() && ready_.begin()->first != Slot{}) {
        consider(std::max(ready_.begin()->first - kArmedAhead, now() + Milliseconds(1)));
    }
    // Its group's pace may make it wait longer.
    if (!armed_.empty()) consider(std::max(armed_.begin()->first.first, now() + Milliseconds(1)));
    if (claim_again_ && !claiming_ && *claim_again_ > now()) consider(*claim_again_);
    return std::chrono::ceil<Milliseconds>(wait);
}

void Dispatcher::handle(const TransportEvent& event) {
    std::visit(Overloaded{
                   [&](const Finished& finished) { on_finished(finished); },
                   [&](const Returned& returned) { on_returned(returned); },
                   [&](const Unusable& why) { end(RunEnd::kUnusable, why.message, why.hint); },
               },
               event);
}

void Dispatcher::on_returned(const Returned& event) {
    auto found = in_transport_.find(event.ticket);
    if (found == in_transport_.end()) return;
    if (!found->second.withdrawn) return_mail(found->second.row, found->second.domain);
    in_transport_.erase(found);
}

bool Dispatcher::drained() const {
    if (fault_) return in_transport_.empty();
    bool rows_wait = !ending_ && (at_hand() > 0 || claiming_);
    return !rows_wait && committed() == 0 && unwritten_ == 0 && with_.transport.idle();
}

void Dispatcher::rest() {
    if (limits_.most && taken_ >= *limits_.most) return end(RunEnd::kLimit);
    if (!dry_ || !claimed_when_drained_) return;  // the ledger is asked once more
    std::optional<WallTime> due = dry_->next_due;
    std::optional<Microseconds> slot = dry_->wait.until;
    if (!due && !slot) {
        if (dry_->wait.blocked.empty()) return end(RunEnd::kNothingLeft);
        return end(RunEnd::kBlocked, dry_->wait.blocked.front());
    }
    const WallTime wall = with_.clock.now();
    WallTime slot_due = wall;
    if (slot) slot_due += std::chrono::ceil<Milliseconds>(*slot - now());
    result_.rate_spent = slot && (!due || slot_due < *due);
    result_.next_due = result_.rate_spent ? slot_due : *due;
    const Milliseconds patience = result_.rate_spent ? kShortWait : limits_.patience;
    if (*result_.next_due - wall > patience && !limits_.wait) return end(RunEnd::kNothingDue);
    claim_again_ = result_.rate_spent ? dry_->wait.ask_again : now() + (*result_.next_due - wall);
}

void Dispatcher::end(RunEnd how, std::string message, std::string hint) {
    // The first cause is the one to tell; but a stop asked for while the last mails go is none.
    bool asked_to = result_.end == RunEnd::kStopped || result_.end == RunEnd::kTimeUp;
    if (ending_ && !asked_to) return;
    ending_ = true;
    result_.end = how;
    result_.transport = with_.rates.transport;
    if (!message.empty()) result_.message = std::move(message);
    if (!hint.empty()) result_.hint = std::move(hint);
}

// What has not begun goes back; what has, finishes. Where the ledger has failed, nothing goes on
// that lacks a durable intent.
void Dispatcher::wind_up() {
    with_.transport.expect(0);
    with_.transport.recall();
    ready_.clear();
    for (auto& [slot, one] : std::exchange(armed_, {})) {
        if (!fault_) return_mail(one.mail.row, domain_of(one.mail));
    }
    if (!fault_) return;
    for (auto& [ticket, one] : in_transport_) {
        if (one.permitted || one.withdrawn) continue;
        one.withdrawn = true;
        with_.transport.withdraw(ticket);
    }
}

}  // namespace tocsin
