#include "base/condition.h"

#include <doctest/doctest.h>
#include <thread>

using namespace tocsin;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST_CASE("a wait ends when its time has passed, and not before") {
    Condition condition;
    std::mutex mutex;
    std::unique_lock lock(mutex);
    for (milliseconds most : {milliseconds(0), milliseconds(50), milliseconds(1050)}) {
        const auto begin = steady_clock::now();
        CHECK_FALSE(condition.wait_for(lock, most, [] { return false; }));
        CHECK(steady_clock::now() - begin >= most);
    }
    CHECK(lock.owns_lock());
}

TEST_CASE("a wait for what is so already does not wait") {
    Condition condition;
    std::mutex mutex;
    std::unique_lock lock(mutex);
    CHECK(condition.wait_for(lock, milliseconds::max(), [] { return true; }));
}

TEST_CASE("who is notified looks again, also in a wait for ever") {
    Condition condition;
    std::mutex mutex;
    int told = 0;
    std::thread other([&] {
        for (int i = 0; i < 2; ++i) {
            std::lock_guard lock(mutex);
            ++told;
            i == 0 ? condition.notify_one() : condition.notify_all();
        }
    });
    std::unique_lock lock(mutex);
    CHECK(condition.wait_for(lock, milliseconds::max(), [&] { return told == 2; }));
    lock.unlock();
    other.join();
}
