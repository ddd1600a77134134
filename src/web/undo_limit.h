// How often one person may take back what they chose. Each time they choose and take back again
// grows a journal or a ledger; leaving is never refused, and is bounded by what it can undo.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "mail/token.h"

namespace tocsin {

class UndoLimit {
  public:
    // One more at that time: false where the person (the hash of the address in the token) has had
    // 20 within an hour. Any thread may call it. Kept in memory only.
    bool take(const UnsubscribeToken& token, WallTime now);

  private:
    struct Hour {
        WallTime began;
        int undos = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Hour> hours_;
    std::size_t sweep_at_ = 1024;
};

}  // namespace tocsin
