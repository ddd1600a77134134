#include "delivery/dispatcher.h"

#include <algorithm>

#include "base/log.h"

namespace tocsin {
namespace {

constexpr Milliseconds kTick{100};
// A run waits by itself for what comes due within this time.
constexpr Milliseconds kShortWait = std::chrono::minutes(1);
// An intent is written so long before its mail's slot: a commit or two.
constexpr Microseconds kIntentAhead = std::chrono::milliseconds(100);
// Mails at hand, rendered or about to be: by number and by size.
constexpr std::size_t kMostAtHand = 512;
constexpr std::size_t kMostBytesAtHand = 16u << 20;
constexpr std::size_t kUnknownSize = 256u << 10;  // before the first mail is rendered

template <class... Forms>
struct Overloaded : Forms... {
    using Forms::operator()...;
};

std::string domain_of(const std::string& address) {
    const std::string key = Mailbox::from(address).key();
    return key.substr(key.rfind('@') + 1);
}

}  // namespace

Dispatcher::Dispatcher(Dispatch with, RunLimits limits)
    : with_(std::move(with)),
      limits_(limits),
      breaker_(with_.breaker),
      gate_(with_.rates, with_.connections, with_.clock, boot_id()),
      groups_(with_.rates.limits.domains, with_.connections),
      pacers_(with_.rates, groups_),
      works_(with_.material, [this] { with_.transport.wake(); }) {}

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
        if (limits_.stop != nullptr && *limits_.stop && !ending_) {
            end(RunEnd::kStopped);
            progress(result_);
        }
        take_news();
        take_mails();
        if (ending_) wind_up();
        if (ending_ && drained()) return;
        want_rows();
        want_intents();
        submit_armed();
        if (!ending_ && drained()) rest();
        for (const TransportEvent& event : with_.transport.poll(time_to_wait())) handle(event);
        if (SteadyClock::now() - shown < kTick) continue;
        shown = SteadyClock::now();
        progress(result_);
    }
}

void Dispatcher::take_news() {
    LedgerWriter::News news = writer_->take_news();
    unwritten_ = news.unwritten;
    if (news.fault && !fault_) {
        fault_ = news.fault;
        ending_ = true;
    }
    if (fault_) return;
    for (RowId id : news.granted) {
        auto found = intended_.find(id);
        armed_.push_back(std::move(found->second));
        intended_.erase(found);
    }
    for (RowId id : news.refused) {  // suppressed since, or the campaign is not open any more
        intended_.erase(id);
        --taken_;
    }
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
            largest_mail_ = std::max(largest_mail_, mail.message.bytes.size());
            Slot slot = mail.row.slot;
            ready_.emplace(slot, std::move(mail));
        }
    } catch (...) {
        if (!fault_) fault_ = std::current_exception();
        ending_ = true;
    }
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
    std::size_t most = stock() - at_hand();
    if (limits_.most) most = std::min(most, *limits_.most - std::min(*limits_.most, taken_));
    if (most == 0) return;
    claiming_ = true;
    claimed_when_drained_ = was_drained;
    asked_ = most;
    writer_->claim(most);
}

// Only where a connection stands: where none can be made, nobody's intent is to be taken back.
void Dispatcher::want_intents() {
    if (ending_ || with_.transport.room() + in_transport_.size() == 0) return;
    std::vector<RowId> wanted;
    while (!ready_.empty() && committed() < with_.transport.capacity()) {
        auto next = ready_.begin();
        if (next->first > now() + kIntentAhead) break;
        RowId id = next->second.row.id;
        wanted.push_back(id);
        intended_.emplace(id, std::move(next->second));
        ready_.erase(next);
    }
    if (!wanted.empty()) writer_->intend(std::move(wanted));
}

void Dispatcher::submit_armed() {
    while (!ending_ && with_.transport.room() > 0 && submit_first_ready()) {
    }
    std::size_t due = armed_.size() + intended_.size();
    auto soon = ready_.upper_bound(now() + kIntentAhead);
    due += static_cast<std::size_t>(std::distance(ready_.begin(), soon));
    with_.transport.expect(ending_ ? 0 : due);
}

// The first whose time has come: one group's pace does not hold up the others.
bool Dispatcher::submit_first_ready() {
    for (auto one = armed_.begin(); one != armed_.end(); ++one) {
        const Slot slot = one->row.slot;
        if (slot != Slot{}) {
            GroupId group = groups_.of(domain_of(one->row.address));
            auto at = pacers_.ready(group, slot, now());
            if (at && *at > now()) continue;
            if (at) pacers_.begun(group, now());
            if (!at) return_mail(one->row);  // the slot has lapsed: it needs another one
            if (!at) {
                armed_.erase(one);
                return true;
            }
        }
        FinishedMail mail = std::move(*one);
        armed_.erase(one);
        submit(std::move(mail));
        return true;
    }
    return false;
}

void Dispatcher::submit(FinishedMail mail) {
    Ticket ticket = mail.row.id;
    std::string domain = domain_of(mail.row.address);
    in_transport_.emplace(ticket, InFlight{std::move(mail.row), std::move(domain), now()});
    with_.transport.submit(ticket, std::move(mail.message));
}

void Dispatcher::return_mail(const ClaimedRow& row) {
    writer_->give_back(row.id, {.kind = Feedback::Kind::kReturned,
                                .domain = domain_of(row.address),
                                .begun = now()});
    ++unwritten_;
    --taken_;
    claim_again_ = now();
}

// What was claimed before its group asked for less would only be refused as well.
void Dispatcher::return_group(const std::string& domain) {
    const GroupId group = groups_.of(domain);
    auto returned = [&](const FinishedMail& mail) {
        const std::string own = domain_of(mail.row.address);
        bool same = own == domain || (group != kEverybodyElse && groups_.of(own) == group);
        if (same) return_mail(mail.row);
        return same;
    };
    std::erase_if(ready_, [&](const auto& one) { return returned(one.second); });
    std::erase_if(armed_, returned);
}

Milliseconds Dispatcher::time_to_wait() const {
    Microseconds wait = kTick;
    auto consider = [&](Microseconds time) {
        wait = std::min(wait, std::max(time - now(), Microseconds{0}));
    };
    for (const FinishedMail& mail : armed_) {
        bool paced = mail.row.slot != Slot{} && with_.transport.room() > 0;
        if (paced) consider(std::max(mail.row.slot, now() + Milliseconds(1)));
    }
    if (!ready_.empty()) {
        Microseconds time = ready_.begin()->first - kIntentAhead;
        if (time > now()) consider(time);
    }
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
    return_mail(found->second.row);
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
    if (*result_.next_due - wall > kShortWait && !limits_.wait) return end(RunEnd::kNothingDue);
    claim_again_ = result_.rate_spent ? dry_->wait.ask_again : now() + (*result_.next_due - wall);
}

void Dispatcher::end(RunEnd how, std::string message, std::string hint) {
    // The first cause is the one to tell; but a stop asked for while the last mails go is none.
    if (ending_ && result_.end != RunEnd::kStopped) return;
    ending_ = true;
    result_.end = how;
    if (!message.empty()) result_.message = std::move(message);
    if (!hint.empty()) result_.hint = std::move(hint);
}

// What has not begun goes back; what has, finishes.
void Dispatcher::wind_up() {
    with_.transport.expect(0);
    with_.transport.recall();
    ready_.clear();
    if (fault_) {
        intended_.clear();
        armed_.clear();
    }
    for (const FinishedMail& mail : std::exchange(armed_, {})) return_mail(mail.row);
}

}  // namespace tocsin
