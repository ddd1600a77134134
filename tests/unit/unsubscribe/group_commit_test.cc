#include "unsubscribe/group_commit.h"

#include <atomic>
#include <doctest/doctest.h>
#include <stdexcept>
#include <thread>

#include "base/error.h"
#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const KeyRing kKeys = key_ring();

Leaving person(int number) {
    return leaving_of(kKeys, token_of(kKeys, number));
}

}  // namespace

TEST_CASE("those that come while one waits for the disk go together, and none is written twice") {
    std::atomic<bool> first_is_in = false, go_on = false;
    std::vector<std::size_t> sizes;
    GroupCommit commits([&](std::span<const Leaving> leavings) {
        sizes.push_back(leavings.size());
        if (first_is_in.exchange(true)) return;
        while (!go_on) std::this_thread::yield();
    });
    std::vector<std::thread> threads;
    std::atomic<int> begun = 0;
    auto add = [&](int number) {
        Leaving leaving = person(number);
        ++begun;
        commits.add(std::span(&leaving, 1));
    };
    threads.emplace_back(add, 1);
    while (!first_is_in) std::this_thread::yield();
    for (int number = 2; number <= 6; ++number) threads.emplace_back(add, number);
    while (begun < 6) std::this_thread::yield();
    go_on = true;
    for (std::thread& thread : threads) thread.join();
    std::size_t all = 0;
    for (std::size_t size : sizes) all += size;
    CHECK(all == 6);
    CHECK(sizes.front() == 1);
}

TEST_CASE("what went wrong is told to all of the batch, and to nobody after it") {
    bool broken = true;
    GroupCommit commits([&](std::span<const Leaving>) {
        if (broken) throw std::runtime_error("disk full");
    });
    Leaving leaving = person(1);
    CHECK_THROWS_WITH_AS(commits.add(std::span(&leaving, 1)), "disk full", LedgerError);
    broken = false;
    CHECK_NOTHROW(commits.add(std::span(&leaving, 1)));
    CHECK_NOTHROW(commits.add({}));
}
