// The book of `serve` beside its ledger, and of pulls. Leavings that come together share one
// transaction.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "mail/token.h"
#include "unsubscribe/group_commit.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

class LedgerBook : public LeaveBook {
  public:
    // Nobody else uses `ledger`. `keys` and `clock` outlive the book.
    LedgerBook(std::unique_ptr<Ledger> ledger, const KeyRing& keys, const Clock& clock);

    void record(std::span<const Leaving> leavings) override;
    Standing standing(const UnsubscribeToken& token) override;
    // Whether the ledger can be read, and the last record succeeded.
    bool healthy() override;
    // For the lines of `/metrics` and the mails that are shown in a browser.
    template <typename Use>
    auto with_ledger(Use use) {
        std::lock_guard lock(mutex_);
        return use(*ledger_);
    }

  private:
    void write(std::span<const Leaving> leavings);

    std::mutex mutex_;
    std::unique_ptr<Ledger> ledger_;
    const KeyRing& keys_;
    const Clock& clock_;
    std::atomic<bool> failed_ = false;
    GroupCommit commits_{[this](std::span<const Leaving> leavings) { write(leavings); }};
};

}  // namespace tocsin
