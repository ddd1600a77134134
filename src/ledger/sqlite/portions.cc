#include "ledger/sqlite/portions.h"

#include <thread>

#include "base/failpoint.h"

namespace tocsin::sqlite {
namespace {

// A transaction ends after this time, looked at every kWholePortion rows: by the clock, as a loaded
// machine or a slow disk makes any number of rows take long.
constexpr std::chrono::milliseconds kLongestLock{4};
// Longer than the pauses of who waits (connection.cc), so that nobody misses the gap.
constexpr std::chrono::microseconds kShortestGap{1'300};

// Pages. A commit elsewhere syncs all of the log that is not on the disk yet, ours too, and a log
// that has grown is written back by whoever commits next: both must stay short.
constexpr char kSmallPortions[] = "PRAGMA wal_autocheckpoint=1000";
constexpr char kUsualPortions[] = "PRAGMA wal_autocheckpoint=4000";

}  // namespace

Portions::Portions(Connection& connection, Durability durability)
    : connection_(connection), durability_(durability) {
    connection_.database().exec(kSmallPortions);
}

Portions::~Portions() {
    connection_.database().tryExec(kUsualPortions);
}

void Portions::write(std::size_t count, const std::function<void(std::size_t)>& write_one) {
    for (std::size_t done = 0; done < count;) {
        std::this_thread::sleep_until(unlocked_ + kShortestGap);
        done = write_some(done, count, write_one);
        unlocked_ = Clock::now();
        if (done < count) failpoint("portion-written");
    }
}

// One transaction; where the next one begins.
std::size_t Portions::write_some(std::size_t from, std::size_t count,
                                 const std::function<void(std::size_t)>& write_one) {
    Transaction transaction(connection_, durability_);
    const auto end = Clock::now() + kLongestLock;
    std::size_t next = from;
    while (next < count) {
        write_one(next);
        ++next;
        if ((next - from) % kWholePortion == 0 && Clock::now() >= end) break;
    }
    transaction.commit();
    return next;
}

}  // namespace tocsin::sqlite
