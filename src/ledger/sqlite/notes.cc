#include "ledger/sqlite/notes.h"

#include "base/failpoint.h"
#include "ledger/sqlite/fault.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";
constexpr char kCannotWrite[] = "cannot write a note into the ledger";

std::string read(Connection& connection, const std::string& subject) {
    Query row = connection.query("SELECT value FROM note WHERE subject = ?", subject);
    return row.step() ? row.text(0) : "";
}

void write(Connection& connection, const std::string& subject, const std::string& value) {
    if (value.empty()) {
        connection.run("DELETE FROM note WHERE subject = ?", subject);
    } else {
        connection.run("INSERT OR REPLACE INTO note VALUES (?, ?)", subject, value);
    }
}

void commit(Transaction& transaction) {
    failpoint("note-before-commit");
    transaction.commit();
    failpoint("note-after-commit");
}

}  // namespace

std::string note(Connection& connection, const std::string& subject) {
    return guarded(kCannotRead, [&] { return read(connection, subject); });
}

bool set_note(Connection& connection, const std::string& subject, const std::string& value) {
    return guarded(kCannotWrite, [&] {
        Transaction transaction(connection);
        if (read(connection, subject) == value) return false;
        write(connection, subject, value);
        commit(transaction);
        return true;
    });
}

std::int64_t advance_note(Connection& connection, const std::string& subject) {
    return guarded(kCannotWrite, [&] {
        Transaction transaction(connection);
        connection.run(
            "INSERT INTO note VALUES (?, '1') ON CONFLICT(subject) DO UPDATE "
            "SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
            subject);
        std::int64_t sum = std::stoll(read(connection, subject));
        commit(transaction);
        return sum;
    });
}

std::vector<std::pair<std::string, std::string>> notes(Connection& connection,
                                                       const std::string& prefix) {
    return guarded(kCannotRead, [&] {
        std::vector<std::pair<std::string, std::string>> found;
        Query rows = connection.query(
            "SELECT subject, value FROM note WHERE subject >= ? ORDER BY subject", prefix);
        while (rows.step() && rows.text(0).starts_with(prefix))
            found.emplace_back(rows.text(0), rows.text(1));
        return found;
    });
}

}  // namespace tocsin::sqlite
