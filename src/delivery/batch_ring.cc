#include "delivery/batch_ring.h"

#include <utility>

namespace tocsin {

SurveyBatch* BatchRing::to_fill() {
    Lock lock(mutex_);
    Slot& next = slot(filled_);
    changed_.wait(lock, [&] { return stopped_ || next.stage == Stage::kEmpty; });
    return stopped_ ? nullptr : &next.batch;
}

void BatchRing::filled() {
    Lock lock(mutex_);
    slot(filled_++).stage = judges_ ? Stage::kFilled : Stage::kReady;
    changed_.notify_all();
}

void BatchRing::end() {
    Lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

SurveyBatch* BatchRing::to_judge() {
    Lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || ended_ || judging_ < filled_; });
    if (stopped_ || judging_ == filled_) return nullptr;
    return &slot(judging_++).batch;
}

void BatchRing::judged(SurveyBatch* batch) {
    Lock lock(mutex_);
    for (Slot& slot : slots_) {
        if (&slot.batch == batch) slot.stage = Stage::kReady;
    }
    changed_.notify_all();
}

SurveyBatch* BatchRing::to_take() {
    Lock lock(mutex_);
    Slot& next = slot(taken_);
    changed_.wait(lock, [&] {
        return stopped_ || next.stage == Stage::kReady || (ended_ && taken_ == filled_);
    });
    if (fault_) std::rethrow_exception(fault_);
    return !stopped_ && next.stage == Stage::kReady ? &next.batch : nullptr;
}

void BatchRing::taken() {
    Lock lock(mutex_);
    slot(taken_++).stage = Stage::kEmpty;
    changed_.notify_all();
}

void BatchRing::stop() {
    Lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

void BatchRing::fail(std::exception_ptr fault) {
    Lock lock(mutex_);
    if (!fault_) fault_ = std::move(fault);
    stopped_ = true;
    changed_.notify_all();
}

}  // namespace tocsin
