// Passes batches from one reader, through judges where there are any, to one taker: in the reader's
// order whichever judge is done first, and never more than there is room for.
//
// Each function belongs to one of the three parts, and each part to threads of its own; judges may
// be many. A function waits until it can give what it promises.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <vector>

#include "delivery/survey_batch.h"

namespace tocsin {

class BatchRing {
  public:
    // At least one batch. Without judges what is read can be taken at once.
    BatchRing(std::size_t batches, bool judges) : slots_(batches), judges_(judges) {}

    // --- the reader ---
    // An empty batch, or null where the survey has stopped.
    SurveyBatch* to_fill();
    // The batch that `to_fill` gave is filled.
    void filled();
    // There are no more.
    void end();

    // --- judges ---
    // The next batch that nobody has judged, or null where there are no more.
    SurveyBatch* to_judge();
    void judged(SurveyBatch* batch);

    // --- the taker ---
    // The next batch in order, or null after the last. Throws what `fail` was given.
    SurveyBatch* to_take();
    // The batch that `to_take` gave can be filled again.
    void taken();

    // --- everybody ---
    // All others get no more batches.
    void stop();
    // The same, because of this. The first counts.
    void fail(std::exception_ptr fault);

  private:
    enum class Stage { kEmpty, kFilled, kReady };
    struct Slot {
        SurveyBatch batch;
        Stage stage = Stage::kEmpty;
    };
    using Lock = std::unique_lock<std::mutex>;

    Slot& slot(std::uint64_t number) { return slots_[number % slots_.size()]; }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Slot> slots_;
    const bool judges_;
    // How many batches each part has had.
    std::uint64_t filled_ = 0;
    std::uint64_t judging_ = 0;
    std::uint64_t taken_ = 0;
    bool ended_ = false;
    bool stopped_ = false;
    std::exception_ptr fault_;
};

}  // namespace tocsin
