#include "ledger/sqlite/row_store.h"

namespace tocsin::sqlite {
namespace {

// Rows are added at the tables' ends: no page is needed again.
constexpr char kSmallCache[] = "PRAGMA cache_size=-4000";
constexpr char kUsualCache[] = "PRAGMA cache_size=-16000";

void bind_or_null(SQLite::Statement& statement, int index, const std::string& text, bool null) {
    null ? statement.bind(index) : statement.bindNoCopy(index, text);
}

}  // namespace

RowStore::RowStore(Connection& connection)
    : connection_(connection),
      portions_(connection, Durability::kLater),
      recipient_(connection.database(),
                 "INSERT INTO recipient(id, key, address, state, skip, detail, zone) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      cells_(connection.database(), "INSERT INTO cells VALUES (?, ?)") {
    connection_.database().exec(kSmallCache);
}

RowStore::~RowStore() {
    connection_.database().tryExec(kUsualCache);
}

void RowStore::store(std::span<const StoredRow> rows) {
    portions_.write(rows.size(), [&](std::size_t index) { store_one(rows[index]); });
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
    row.zone ? recipient_.bind(7, *row.zone) : recipient_.bind(7);
    recipient_.exec();
    recipient_.reset();
    if (row.cells.empty()) return;
    cells_.bind(1, row.id);
    cells_.bindNoCopy(2, row.cells.data(), static_cast<int>(row.cells.size()));
    cells_.exec();
    cells_.reset();
}

}  // namespace tocsin::sqlite
