// One connection to the database file: prepared statements that are kept, values bound by type,
// and write transactions.
//
// A connection and all that uses it belong to one thread at a time.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "mail/address_names.h"

namespace tocsin::sqlite {

struct Blob {
    const std::string& bytes;
};

class Connection;

// One use of a prepared statement. Its end resets the statement, so that no read lock stays behind,
// and gives it back to the connection.
class Query {
  public:
    Query(Query&&) = default;
    ~Query();

    bool step() { return statement_->executeStep(); }
    // Runs a statement without result; how many rows it changed.
    std::size_t run() { return static_cast<std::size_t>(statement_->exec()); }

    std::int64_t integer(int column) const;
    std::string text(int column) const;  // of a BLOB too; empty for NULL
    bool is_null(int column) const { return statement_->isColumnNull(column); }
    WallTime time(int column) const;
    std::optional<WallTime> optional_time(int column) const;

  private:
    friend class Connection;
    Query(Connection& connection, const char* sql, std::unique_ptr<SQLite::Statement> statement)
        : connection_(connection), sql_(sql), statement_(std::move(statement)) {}

    void bind(std::int64_t value) { statement_->bind(++bound_, value); }
    void bind(const std::string& value) { statement_->bind(++bound_, value); }
    void bind(Blob value);
    void bind(WallTime value) { bind(value.time_since_epoch().count()); }
    void bind(std::nullopt_t) { statement_->bind(++bound_); }
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value)
            bind(*value);
        else
            bind(std::nullopt);
    }

    Connection& connection_;
    const char* sql_;
    std::unique_ptr<SQLite::Statement> statement_;
    int bound_ = 0;
};

class Connection {
  public:
    // Opens what `path` names and does not create it.
    explicit Connection(const std::filesystem::path& path);

    // `sql` must be a literal: statements are kept under its address.
    template <class... Values>
    Query query(const char* sql, const Values&... values) {
        Query query(*this, sql, take(sql));
        (query.bind(values), ...);
        return query;
    }
    template <class... Values>
    std::size_t run(const char* sql, const Values&... values) {
        return query(sql, values...).run();
    }
    // The first column of the first row, or `otherwise`.
    template <class... Values>
    std::int64_t integer(std::int64_t otherwise, const char* sql, const Values&... values) {
        Query found = query(sql, values...);
        return found.step() && !found.is_null(0) ? found.integer(0) : otherwise;
    }

    // The names of addresses that whoever uses this connection looks for (Ledger::use_names).
    const AddressNames& names() const { return *names_; }
    void use_names(std::shared_ptr<const AddressNames> names) { names_ = std::move(names); }

    // Throws LedgerError where the file is not at its path any more: what is written to it now,
    // nobody would find. Costs one stat.
    void demand_in_place();

    SQLite::Database& database() { return database_; }
    std::int64_t last_id() const { return database_.getLastInsertRowid(); }

  private:
    friend class Query;
    std::unique_ptr<SQLite::Statement> take(const char* sql);
    void give_back(const char* sql, std::unique_ptr<SQLite::Statement> statement);

    SQLite::Database database_;
    std::shared_ptr<const AddressNames> names_ = std::make_shared<AddressNames>();
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> idle_;
};

enum class Durability {
    kNow,    // on the disk when commit returns
    kLater,  // with the next commit that is kNow; a power loss before takes it back
};

// A write transaction; rolled back unless committed. It takes the write lock at once: a reader that
// becomes a writer half-way can fail without waiting.
class Transaction {
  public:
    explicit Transaction(Connection& connection, Durability durability = Durability::kNow);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() { transaction_.commit(); }

  private:
    // Commits do not wait for the disk while it lives.
    class Relaxed {
      public:
        Relaxed(Connection& connection, Durability durability);
        Relaxed(const Relaxed&) = delete;
        Relaxed& operator=(const Relaxed&) = delete;
        ~Relaxed();

      private:
        Connection& connection_;
        bool relaxed_;
    };
    Relaxed relaxed_;
    SQLite::Transaction transaction_;
};

}  // namespace tocsin::sqlite
