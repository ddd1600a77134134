// Puts the rows of a plan into the ledger without holding up who unsubscribes meanwhile.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/portions.h"

namespace tocsin::sqlite {

struct StoredRow {
    RowId id = 0;
    std::string key;
    std::string address;
    std::string cells;  // pack_texts
    SkipReason skip = SkipReason::kNone;
    std::string detail;
    std::optional<std::int64_t> zone;
};

// While it lives, the connection writes its log back in small portions. One at a time.
class RowStore {
  public:
    explicit RowStore(Connection& connection);
    RowStore(const RowStore&) = delete;
    RowStore& operator=(const RowStore&) = delete;
    ~RowStore();

    // Inserts all rows in portions. They become durable with the next commit that is.
    void store(std::span<const StoredRow> rows);

  private:
    void store_one(const StoredRow& row);

    Connection& connection_;
    Portions portions_;
    SQLite::Statement recipient_, cells_;
};

}  // namespace tocsin::sqlite
