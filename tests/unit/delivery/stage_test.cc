#include "delivery/stage.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <numeric>
#include <stdexcept>

using namespace tocsin;

namespace {

std::vector<int> numbers(int count) {
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

// Waits until so many have come out, or ten seconds have passed.
std::vector<int> take(Outlet<int>& outlet, std::size_t count) {
    std::vector<int> all;
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (all.size() < count && std::chrono::steady_clock::now() < until) {
        for (int one : outlet.take()) all.push_back(one);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::sort(all.begin(), all.end());
    return all;
}

using Work = std::function<int(int)>;

}  // namespace

TEST_CASE("all that goes into two stages of several threads comes out once, worked on by both") {
    std::atomic<int> woken{0};
    Outlet<int> outlet([&] { ++woken; });
    Stage<int, int> second(
        3, [] { return Work([](int n) { return n + 1; }); }, outlet);
    Stage<int, int> first(
        3, [] { return Work([](int n) { return n * 2; }); }, second);
    for (int round = 0; round < 10; ++round) first.put(numbers(100));
    std::vector<int> expected;
    for (int n = 0; n < 100; ++n) expected.insert(expected.end(), 10, n * 2 + 1);
    CHECK(take(outlet, 1000) == expected);
    CHECK(woken > 0);
}

TEST_CASE("each thread makes its own work") {
    std::atomic<int> made{0};
    Outlet<int> outlet([] {});
    {
        Stage<int, int> stage(
            4,
            [&] {
                ++made;
                return Work([](int n) { return n; });
            },
            outlet);
        stage.put(numbers(1000));
        CHECK(take(outlet, 1000).size() == 1000);
    }
    CHECK(made >= 1);
    CHECK(made <= 4);
}

TEST_CASE("what a thread throws is thrown where the results are taken, once") {
    Outlet<int> outlet([] {});
    Stage<int, int> last(
        1, [] { return Work([](int n) { return n; }); }, outlet);
    Stage<int, int> stage(
        1, []() -> Work { return [](int) -> int { throw std::runtime_error("no"); }; }, last);
    stage.put({1});
    auto try_to_take = [&] {
        for (int i = 0; i < 10'000; ++i) {
            outlet.take();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    };
    CHECK_THROWS_AS(try_to_take(), std::runtime_error);
    CHECK(outlet.take().empty());
}

TEST_CASE("a stage that ends drops what waits and joins its threads") {
    Outlet<int> outlet([] {});
    {
        Stage<int, int> stage(
            2,
            [] {
                return Work([](int n) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    return n;
                });
            },
            outlet);
        stage.put(numbers(100'000));
    }
    CHECK(outlet.take().size() < 100'000);
}
