// Puts the rows of a plan into the ledger without holding up who unsubscribes meanwhile.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

struct StoredRow {
    RowId id = 0;
    std::string key;
    std::string address;
    std::string cells;  // pack_texts
    SkipReason skip = SkipReason::kNone;
    std::string detail;
};

// While it lives, the connection writes its log back in small portions. One at a time.
class RowStore {
  public:
    explicit RowStore(Connection& connection);
    RowStore(const RowStore&) = delete;
    RowStore& operator=(const RowStore&) = delete;
    ~RowStore();

    // Inserts all rows in transactions of a few milliseconds each. Between two there is a pause in
    // which everybody who waits for the write lock gets it. They become durable with the next
    // commit that is.
    void store(std::span<const StoredRow> rows);

  private:
    using Clock = std::chrono::steady_clock;

    std::size_t store_some(std::span<const StoredRow> rows);
    void store_one(const StoredRow& row);

    Connection& connection_;
    SQLite::Statement recipient_, cells_;
    Clock::time_point unlocked_;  // when the last transaction ended
};

}  // namespace tocsin::sqlite
