// Brings what people chose at `unsubscribe.url` into the ledger while a campaign is sent, where a
// `serve --standalone` keeps it: once before, and every few minutes during it, from a thread with a
// ledger of its own. The send loop knows nothing of it: claims and intents look at the suppression
// list anyway.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/condition.h"
#include "delivery/open_ledger.h"
#include "model/workspace.h"
#include "unsubscribe/ledger_book.h"
#include "unsubscribe/liveness.h"
#include "unsubscribe/pull.h"

namespace tocsin {

class UnsubscribeWatch {
  public:
    // `unsubscribe.url` is set; `ledger` is the watch's alone. Both references outlive it.
    UnsubscribeWatch(const Workspace& workspace, OpenedLedger ledger, const Clock& clock);
    UnsubscribeWatch(const UnsubscribeWatch&) = delete;
    UnsubscribeWatch& operator=(const UnsubscribeWatch&) = delete;
    // Ends the thread, within about a second.
    ~UnsubscribeWatch();

    struct Look {
        Liveness liveness;
        std::optional<PullCount> pulled;  // of a standalone server
        std::string trouble;              // with the pull, though the server is live
    };
    // Proves, and pulls. Throws LedgerError where what was pulled cannot be recorded. Not after
    // `start`.
    Look look();
    // Looks again every `pull_every`; trouble is logged when it begins, and does not end the send.
    void start();

  private:
    void run();
    void look_again();

    const UnsubscribeSettings& settings_;
    const Clock& clock_;
    const KeyRing keys_;
    PullMemory memory_;
    LedgerBook book_;
    std::atomic<bool> stop_ = false;
    std::mutex mutex_;
    Condition stopped_;
    std::string last_trouble_;
    std::thread thread_;
};

// Of this workspace's ledger: where pulls from `url` go on.
PullMemory pull_memory(const Workspace& workspace, const std::string& url, const Ledger& ledger,
                       const KeyRing& keys);

}  // namespace tocsin
