#include "web/recorder.h"

#include <exception>

#include "base/log.h"

namespace tocsin {

Recorder::Recorder(LeaveBook& book) : book_(book), thread_([this] { run(); }) {}

Recorder::~Recorder() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Recorder::add(Leaving leaving, Done done) {
    {
        std::lock_guard lock(mutex_);
        waiting_.leavings.push_back(std::move(leaving));
        waiting_.done.push_back(std::move(done));
    }
    wake_.notify_one();
}

void Recorder::run() {
    while (true) {
        Waiting taken;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !waiting_.leavings.empty(); });
            if (waiting_.leavings.empty()) return;
            std::swap(taken, waiting_);
        }
        bool is_recorded = record(taken.leavings);
        for (const Done& done : taken.done) tell(done, is_recorded);
    }
}

// Whatever goes wrong, those who wait are told that it did.
bool Recorder::record(const std::vector<Leaving>& leavings) {
    try {
        book_.record(leavings);
        return true;
    } catch (const std::exception& error) {
        log_warning("leavings could not be recorded: " + redacted(error.what()));
    } catch (...) {
        log_warning("leavings could not be recorded");
    }
    return false;
}

void Recorder::tell(const Done& done, bool is_recorded) {
    try {
        done(is_recorded);
    } catch (...) {
        log_warning("a request could not be answered");
    }
}

}  // namespace tocsin
