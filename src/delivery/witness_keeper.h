// Lets the ledger count up while it is used to send, so that a copy of it that was made meanwhile
// is older as soon as possible: at the begin, every few seconds, and at the end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "delivery/witness.h"

namespace tocsin {

class WitnessKeeper {
  public:
    struct Timing {
        Milliseconds every = std::chrono::seconds(10);
        // How long it asks again when the witness fails, before the run is told to stop.
        Milliseconds patience = std::chrono::seconds(20);
        Milliseconds pause = std::chrono::seconds(1);
    };
    // Both are the keeper's alone; `clock` outlives it.
    WitnessKeeper(std::unique_ptr<Witness> witness, std::unique_ptr<Ledger> ledger,
                  const Clock& clock, Timing timing);
    WitnessKeeper(std::unique_ptr<Witness> witness, std::unique_ptr<Ledger> ledger,
                  const Clock& clock)
        : WitnessKeeper(std::move(witness), std::move(ledger), clock, Timing()) {}
    WitnessKeeper(const WitnessKeeper&) = delete;
    WitnessKeeper& operator=(const WitnessKeeper&) = delete;
    // What `end` does, where nobody did; a fault is logged.
    ~WitnessKeeper();

    // Before the first mail of a send; once. Holds the ledger against the witness, counts up, and
    // goes on from a thread. Throws as hold_against.
    void begin();
    // The witness cannot be reached, or knows better: nobody else may be mailed. Never taken back.
    const std::atomic<bool>& lost() const { return lost_; }
    // Why, once it is lost.
    std::string trouble() const;
    // After the last mail: counts up once more. Throws LedgerError where that failed, or it was
    // lost: a copy made during the send might go unnoticed.
    void end();

  private:
    void run();
    void count_patiently();
    void lose(const LedgerError& fault);
    void stop_thread();
    bool wait(Milliseconds time);  // whether to go on

    const std::unique_ptr<Witness> witness_;
    const std::unique_ptr<Ledger> ledger_;
    const Clock& clock_;
    const Timing timing_;
    std::atomic<bool> lost_ = false;
    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    bool stop_ = false;
    bool begun_ = false;
    std::string trouble_;
    std::string hint_;
    std::thread thread_;
};

// Of this workspace, with a connection of its own; nothing where no witness is configured.
std::unique_ptr<WitnessKeeper> keep_witness(const Workspace& workspace, const Clock& clock);

}  // namespace tocsin
