#include "ledger/sqlite/connection.h"

#include <SQLiteCpp/Column.h>
#include <chrono>
#include <sqlite3.h>
#include <thread>

#include "base/error.h"

namespace tocsin::sqlite {
namespace {

// Together longer than any transaction of ours, short enough to tell a hung program from a busy
// one.
constexpr int kMostTries = 20'000;
constexpr std::chrono::milliseconds kBetweenTries{1};

// SQLite's own waiting doubles its pauses up to 100 ms and so misses the short gaps between the
// transactions of a plan that is being written; somebody who unsubscribes would wait for long.
int wait_for_lock(void*, int tries) {
    std::this_thread::sleep_for(kBetweenTries);
    return tries < kMostTries ? 1 : 0;
}

// Who owns a connection keeps other threads from it, so SQLite need not lock at every call; nor
// need it count, under one lock for all threads, what memory it takes.
int open_flags() {
    static const int unwatched_memory = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(unwatched_memory);
    return SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
}

}  // namespace

Query::~Query() {
    if (statement_) connection_.give_back(sql_, std::move(statement_));
}

void Query::bind(Blob value) {
    statement_->bind(++bound_, static_cast<const void*>(value.bytes.data()),
                     static_cast<int>(value.bytes.size()));
}

std::int64_t Query::integer(int column) const {
    return statement_->getColumn(column).getInt64();
}

std::string Query::text(int column) const {
    auto value = statement_->getColumn(column);
    const void* bytes = value.getBlob();
    auto size = static_cast<std::size_t>(value.getBytes());
    return bytes == nullptr ? "" : std::string(static_cast<const char*>(bytes), size);
}

WallTime Query::time(int column) const {
    return WallTime(Milliseconds(integer(column)));
}

std::optional<WallTime> Query::optional_time(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

Connection::Connection(const std::filesystem::path& path) : database_(path.string(), open_flags()) {
    sqlite3_busy_handler(database_.getHandle(), wait_for_lock, nullptr);
}

void Connection::demand_in_place() {
    int moved = 0;
    sqlite3_file_control(database_.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved == 0) return;
    throw LedgerError("the ledger's file was removed, or another one lies in its place",
                      "put it back, and start this command again");
}

std::unique_ptr<SQLite::Statement> Connection::take(const char* sql) {
    auto found = idle_.find(sql);
    if (found == idle_.end()) return std::make_unique<SQLite::Statement>(database_, sql);
    auto statement = std::move(found->second);
    idle_.erase(found);
    return statement;
}

void Connection::give_back(const char* sql, std::unique_ptr<SQLite::Statement> statement) {
    statement->tryReset();
    idle_[sql] = std::move(statement);
}

Transaction::Relaxed::Relaxed(Connection& connection, Durability durability)
    : connection_(connection), relaxed_(durability == Durability::kLater) {
    if (relaxed_) connection_.database().exec("PRAGMA synchronous=NORMAL");
}

Transaction::Relaxed::~Relaxed() {
    if (relaxed_) connection_.database().tryExec("PRAGMA synchronous=FULL");
}

Transaction::Transaction(Connection& connection, Durability durability)
    : relaxed_(connection, durability),
      transaction_(connection.database(), SQLite::TransactionBehavior::IMMEDIATE) {
    if (durability == Durability::kNow) connection.demand_in_place();
}

}  // namespace tocsin::sqlite
