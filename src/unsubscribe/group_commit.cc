#include "unsubscribe/group_commit.h"

#include <utility>

#include "base/error.h"

namespace tocsin {

void GroupCommit::add(std::span<const Leaving> leavings) {
    if (leavings.empty()) return;
    std::unique_lock lock(mutex_);
    std::shared_ptr<Batch> mine = next_;
    mine->leavings.insert(mine->leavings.end(), leavings.begin(), leavings.end());
    while (!mine->over) {
        if (writing_) {
            over_.wait(lock);
        } else {
            write(lock);
        }
    }
    if (!mine->error.empty()) throw LedgerError(mine->error);
}

void GroupCommit::write(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    std::shared_ptr<Batch> batch = std::exchange(next_, std::make_shared<Batch>());
    lock.unlock();
    try {
        commit_(batch->leavings);
    } catch (const std::exception& fault) {
        batch->error = fault.what();
    }
    lock.lock();
    batch->over = true;
    writing_ = false;
    over_.notify_all();
}

}  // namespace tocsin
