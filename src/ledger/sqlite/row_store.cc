#include "ledger/sqlite/row_store.h"

#include <thread>

namespace tocsin::sqlite {
namespace {

// A transaction ends after this time, looked at every so many rows: by the clock, as a loaded
// machine or a slow disk makes any number of rows take long.
constexpr std::chrono::milliseconds kLongestLock{4};
constexpr std::size_t kRowsBetweenLooks = 32;
// Longer than the pauses of who waits (connection.cc), so that nobody misses the gap.
constexpr std::chrono::microseconds kShortestGap{1'300};

// Pages. A commit elsewhere syncs all of the log that is not on the disk yet, ours too, and a log
// that has grown is written back by whoever commits next: both must stay short.
constexpr char kSmallPortions[] = "PRAGMA wal_autocheckpoint=1000";
constexpr char kUsualPortions[] = "PRAGMA wal_autocheckpoint=4000";

// Rows are added at the tables' ends: no page is needed again.
constexpr char kSmallCache[] = "PRAGMA cache_size=-4000";
constexpr char kUsualCache[] = "PRAGMA cache_size=-16000";

void bind_or_null(SQLite::Statement& statement, int index, const std::string& text, bool null) {
    null ? statement.bind(index) : statement.bindNoCopy(index, text);
}

}  // namespace

RowStore::RowStore(Connection& connection)
    : connection_(connection),
      recipient_(connection.database(),
                 "INSERT INTO recipient(id, key, address, state, skip, detail) "
                 "VALUES (?, ?, ?, ?, ?, ?)"),
      cells_(connection.database(), "INSERT INTO cells VALUES (?, ?)") {
    connection_.database().exec(kSmallPortions);
    connection_.database().exec(kSmallCache);
}

RowStore::~RowStore() {
    connection_.database().tryExec(kUsualPortions);
    connection_.database().tryExec(kUsualCache);
}

void RowStore::store(std::span<const StoredRow> rows) {
    while (!rows.empty()) {
        std::this_thread::sleep_until(unlocked_ + kShortestGap);
        rows = rows.subspan(store_some(rows));
        unlocked_ = Clock::now();
    }
}

// One transaction; how many of the first rows it stored.
std::size_t RowStore::store_some(std::span<const StoredRow> rows) {
    Transaction transaction(connection_, Durability::kLater);
    const auto end = Clock::now() + kLongestLock;
    std::size_t stored = 0;
    while (stored < rows.size()) {
        store_one(rows[stored]);
        ++stored;
        if (stored % kRowsBetweenLooks == 0 && Clock::now() >= end) break;
    }
    transaction.commit();
    return stored;
}

// The values stay where they are until the statement has run: nothing is copied.
void RowStore::store_one(const StoredRow& row) {
    bool planned = row.skip == SkipReason::kNone;
    recipient_.bind(1, row.id);
    recipient_.bindNoCopy(2, row.key);
    bind_or_null(recipient_, 3, row.address, row.address == row.key);
    recipient_.bind(4, static_cast<int>(planned ? State::kPlanned : State::kSkipped));
    recipient_.bind(5, static_cast<int>(row.skip));
    bind_or_null(recipient_, 6, row.detail, row.detail.empty());
    recipient_.exec();
    recipient_.reset();
    if (row.cells.empty()) return;
    cells_.bind(1, row.id);
    cells_.bindNoCopy(2, row.cells.data(), static_cast<int>(row.cells.size()));
    cells_.exec();
    cells_.reset();
}

}  // namespace tocsin::sqlite
