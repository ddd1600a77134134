// SIGINT and SIGTERM while a send runs: once means "no new mail, finish what is under way", twice
// means at once.
#pragma once

#include <atomic>

namespace tocsin {

// Catches both signals from construction to destruction.
class StopSignal {
  public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    static const std::atomic<bool>& raised();
};

}  // namespace tocsin
