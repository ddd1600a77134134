// A condition variable that waits for a time. std::condition_variable does so, too, but by a call
// (pthread_cond_clockwait) that faketime does not know: under a clock which somebody has set for a
// trial of schedules, it would wait for years.
#pragma once

#include <chrono>
#include <mutex>
#include <pthread.h>

namespace tocsin {

class Condition {
  public:
    Condition();
    ~Condition();
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    void notify_one() noexcept;
    void notify_all() noexcept;
    // Until `done()`, or `most` has passed on CLOCK_MONOTONIC; whether it is done then.
    template <typename Done>
    bool wait_for(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds most, Done done) {
        const timespec end = in(most);
        while (!done()) {
            if (!wait_until(lock, end)) return done();
        }
        return true;
    }

  private:
    static timespec in(std::chrono::milliseconds time);
    bool wait_until(std::unique_lock<std::mutex>& lock, const timespec& end);

    pthread_cond_t condition_{};
};

}  // namespace tocsin
