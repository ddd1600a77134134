#include "unsubscribe/ledger_book.h"

#include "unsubscribe/apply_leaving.h"

namespace tocsin {
namespace {

// An empty transaction does not show a full disk; a failure does, for a while.
constexpr Milliseconds kFailureCounts = std::chrono::seconds(30);

}  // namespace

LedgerBook::LedgerBook(std::unique_ptr<Ledger> ledger, const KeyRing& keys, const Clock& clock)
    : ledger_(std::move(ledger)), keys_(keys), clock_(clock) {}

void LedgerBook::record(std::span<const Leaving> leavings) {
    std::lock_guard lock(mutex_);
    failed_ = clock_.now();
    apply_leavings(*ledger_, keys_, leavings);
    failed_.reset();
}

Standing LedgerBook::standing(const UnsubscribeToken& token) {
    std::lock_guard lock(mutex_);
    return standing_of(*ledger_, keys_, token, clock_.now());
}

bool LedgerBook::healthy() {
    std::lock_guard lock(mutex_);
    if (failed_ && clock_.now() < *failed_ + kFailureCounts) return false;
    try {
        if (failed_) ledger_->suppress({});
        failed_.reset();
        ledger_->list_name(1);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace tocsin
