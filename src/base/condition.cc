#include "base/condition.h"

#include <algorithm>
#include <ctime>
#include <system_error>

namespace tocsin {
namespace {

void demand(int error) {
    if (error != 0) throw std::system_error(error, std::generic_category(), "condition");
}

}  // namespace

Condition::Condition() {
    pthread_condattr_t attributes;
    demand(pthread_condattr_init(&attributes));
    int error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (error == 0) error = pthread_cond_init(&condition_, &attributes);
    pthread_condattr_destroy(&attributes);
    demand(error);
}

Condition::~Condition() {
    pthread_cond_destroy(&condition_);
}

void Condition::notify_one() noexcept {
    pthread_cond_signal(&condition_);
}

void Condition::notify_all() noexcept {
    pthread_cond_broadcast(&condition_);
}

timespec Condition::in(std::chrono::milliseconds time) {
    using std::chrono::nanoseconds;
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    // More than a year is for ever, and does not overflow.
    const auto most = std::chrono::hours(24 * 366);
    const nanoseconds end =
        nanoseconds(now.tv_nsec) + nanoseconds(std::min<std::chrono::milliseconds>(time, most));
    const auto whole = std::chrono::floor<std::chrono::seconds>(end);
    return {now.tv_sec + static_cast<std::time_t>(whole.count()),
            static_cast<long>((end - whole).count())};
}

bool Condition::wait_until(std::unique_lock<std::mutex>& lock, const timespec& end) {
    return pthread_cond_timedwait(&condition_, lock.mutex()->native_handle(), &end) == 0;
}

}  // namespace tocsin
