// Writes what is many without holding up who unsubscribes, or who sends, meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// While it lives, the connection writes its log back in small portions. One at a time.
class Portions {
  public:
    explicit Portions(Connection& connection, Durability durability = Durability::kNow);
    Portions(const Portions&) = delete;
    Portions& operator=(const Portions&) = delete;
    ~Portions();

    // Calls `write_one` with every number below `count` in turn, in transactions of a few
    // milliseconds each; the first kWholePortion, and as many of every other, are together in one.
    // Between two there is a pause in which everybody who waits for the write lock gets it. What it
    // throws takes back its own transaction and none before.
    void write(std::size_t count, const std::function<void(std::size_t)>& write_one);

    static constexpr std::size_t kWholePortion = 32;

  private:
    using Clock = std::chrono::steady_clock;

    std::size_t write_some(std::size_t from, std::size_t count,
                           const std::function<void(std::size_t)>& write_one);

    Connection& connection_;
    Durability durability_;
    Clock::time_point unlocked_;  // when the last transaction ended
};

}  // namespace tocsin::sqlite
