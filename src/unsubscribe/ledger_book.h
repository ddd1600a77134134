// The book of `serve` beside its ledger, and of pulls. What is noted in one call
// shares its waits for the disk.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "mail/token.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

class LedgerBook : public LeaveBook {
  public:
    // Nobody else uses `ledger`. `keys` and `clock` outlive the book.
    LedgerBook(std::unique_ptr<Ledger> ledger, const KeyRing& keys, const Clock& clock);

    void record(std::span<const Leaving> leavings) override;
    Standing standing(const UnsubscribeToken& token) override;
    // Whether the ledger can be read. After a record that failed: not for half a minute, and then
    // where a transaction that writes can be had.
    bool healthy() override;

  private:
    std::mutex mutex_;
    std::unique_ptr<Ledger> ledger_;
    const KeyRing& keys_;
    const Clock& clock_;
    std::optional<WallTime> failed_{};  // the last time, when
};

}  // namespace tocsin
