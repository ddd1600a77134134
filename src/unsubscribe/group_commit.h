// Lets leavings that come together share one wait for the disk: whoever comes while nobody writes
// writes for all that have come; those that come meanwhile go into the next batch.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "unsubscribe/leaving.h"

namespace tocsin {

class GroupCommit {
  public:
    // Called by one thread at a time, with at least one. What it throws, each of the batch gets as
    // a LedgerError.
    using Commit = std::function<void(std::span<const Leaving>)>;
    explicit GroupCommit(Commit commit) : commit_(std::move(commit)) {}

    // Returns when a commit that held them has returned.
    void add(std::span<const Leaving> leavings);

  private:
    struct Batch {
        std::vector<Leaving> leavings;
        std::string error;
        bool over = false;
    };
    void write(std::unique_lock<std::mutex>& lock);

    Commit commit_;
    std::mutex mutex_;
    std::condition_variable over_;
    std::shared_ptr<Batch> next_ = std::make_shared<Batch>();
    bool writing_ = false;
};

}  // namespace tocsin
