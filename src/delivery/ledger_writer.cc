#include "delivery/ledger_writer.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/failpoint.h"

namespace tocsin {
namespace {

// How often a hold is looked for where nothing else is to do.
constexpr Milliseconds kLookAgain{200};

}  // namespace

LedgerWriter::LedgerWriter(SendSession& session, RateGate& gate, const Clock& clock,
                           std::function<void()> wake)
    : session_(session), gate_(gate), clock_(clock), wake_(std::move(wake)), thread_([this] {
          run();
      }) {}

LedgerWriter::~LedgerWriter() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
    }
    ordered_.notify_one();
    thread_.join();
}

template <class Change>
void LedgerWriter::order(Change change) {
    {
        std::lock_guard lock(mutex_);
        change(orders_);
    }
    ordered_.notify_one();
}

// What is over wants no intent any more.
void LedgerWriter::record(std::vector<Ended> ended) {
    order([&](Orders& orders) {
        for (Ended& one : ended) {
            std::erase(orders.batch.intents, one.outcome.id);
            orders.batch.outcomes.push_back(std::move(one.outcome));
            orders.feedback.push_back(std::move(one.feedback));
        }
        news_.unwritten += ended.size();
    });
}

void LedgerWriter::give_back(RowId row, GateFeedback feedback) {
    order([&](Orders& orders) {
        std::erase(orders.batch.intents, row);
        orders.batch.returned.push_back(row);
        orders.feedback.push_back(std::move(feedback));
        ++news_.unwritten;
    });
}

void LedgerWriter::intend(std::vector<RowId> rows) {
    order([&](Orders& orders) {
        std::move(rows.begin(), rows.end(), std::back_inserter(orders.batch.intents));
    });
}

void LedgerWriter::claim(std::size_t most) {
    order([&](Orders& orders) { orders.claim = most; });
}

void LedgerWriter::settle_suppressions(bool keep) {
    order([&](Orders& orders) { orders.settle = keep; });
}

LedgerWriter::News LedgerWriter::take_news() {
    std::lock_guard lock(mutex_);
    News news = std::exchange(news_, {});
    news_.control = news.control;
    news_.slowed = news.slowed;
    news_.unwritten = news.unwritten;
    news_.fault = news.fault;
    return news;
}

void LedgerWriter::run() {
    try {
        while (auto orders = wait_for_orders()) carry_out(std::move(*orders));
    } catch (...) {
        std::lock_guard lock(mutex_);
        news_.fault = std::current_exception();
    }
    wake_();
}

// Nothing at the end; empty orders where it is time to look for a hold.
std::optional<LedgerWriter::Orders> LedgerWriter::wait_for_orders() {
    std::unique_lock lock(mutex_);
    ordered_.wait_for(lock, kLookAgain, [this] { return ending_ || !orders_.empty(); });
    if (ending_ && orders_.empty()) return std::nullopt;
    return std::exchange(orders_, {});
}

void LedgerWriter::drop_refused(Batch& batch) {
    if (refused_.empty()) return;
    std::size_t dropped =
        std::erase_if(batch.outcomes, [&](const auto& one) { return refused_.erase(one.id) > 0; });
    dropped += std::erase_if(batch.returned, [&](RowId id) { return refused_.erase(id) > 0; });
    std::lock_guard lock(mutex_);
    news_.unwritten -= dropped;
}

void LedgerWriter::carry_out(Orders orders) {
    drop_refused(orders.batch);
    if (!orders.batch.empty()) {
        commit(orders);
        if (orders.claim) wake_();  // who has a permit now need not wait for the claim
    }
    for (const GateFeedback& feedback : orders.feedback) gate_.take(feedback);
    std::optional<Claim> claim;
    if (orders.claim) claim = claim_now(*orders.claim);
    if (orders.settle) session_.settle_suppressions(*orders.settle, clock_.now());
    ControlState control = orders.batch.empty() ? session_.control() : control_;
    {
        std::lock_guard lock(mutex_);
        news_.control = control;
        news_.slowed = gate_.slowed();
        if (claim) news_.claim = std::move(claim);
    }
    if (!orders.empty() || control.control != Control::kOpen) wake_();
}

void LedgerWriter::commit(const Orders& orders) {
    const Batch& batch = orders.batch;
    if (!batch.outcomes.empty()) failpoint("w3-reply-parsed");
    SendSession::Committed committed = session_.commit(batch, clock_.now());
    control_ = committed.control;
    const std::vector<RowId>& granted = committed.granted;
    if (!batch.intents.empty()) failpoint("w2-durable");
    std::lock_guard lock(mutex_);
    news_.unwritten -= batch.outcomes.size() + batch.returned.size();
    news_.granted.insert(news_.granted.end(), granted.begin(), granted.end());
    if (granted.size() == batch.intents.size()) return;
    std::set<RowId> may_go(granted.begin(), granted.end());
    for (RowId id : batch.intents) {
        if (may_go.contains(id)) continue;
        news_.refused.push_back(id);
        refused_.insert(id);
    }
}

LedgerWriter::Claim LedgerWriter::claim_now(std::size_t most) {
    Claim claim;
    claim.rows = session_.claim(most, clock_.now(), &gate_);
    if (!claim.rows.empty()) failpoint("w1-claimed");
    claim.wait = gate_.wait();
    if (claim.rows.empty()) claim.next_due = session_.next_due();
    return claim;
}

}  // namespace tocsin
