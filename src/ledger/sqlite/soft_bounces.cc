#include "ledger/sqlite/soft_bounces.h"

#include <vector>

#include "ledger/sqlite/portions.h"

namespace tocsin::sqlite {

bool any_soft_bounces(Connection& connection) {
    return connection.integer(0, "SELECT 1 FROM soft_bounce LIMIT 1") != 0;
}

void clear_soft_bounces(Connection& connection, const std::string& key, std::int64_t mailing) {
    connection.run("UPDATE soft_bounce SET cleared = ? WHERE address = ? AND cleared IS NULL",
                   mailing, key);
}

void restore_soft_bounces(Connection& connection, const std::string& key, std::int64_t mailing) {
    connection.run("UPDATE soft_bounce SET cleared = NULL WHERE address = ? AND cleared = ?", key,
                   mailing);
}

std::size_t count_soft_bounce(Connection& connection, const std::string& key, std::int64_t mailing,
                              WallTime time, SoftBounceBy by) {
    connection.run(
        "INSERT INTO soft_bounce(address, mailing, time, reported) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET time = excluded.time, cleared = NULL, "
        "reported = max(reported, excluded.reported)",
        key, mailing, time, std::int64_t{by == SoftBounceBy::kReport});
    return static_cast<std::size_t>(connection.integer(
        0, "SELECT count(*) FROM soft_bounce WHERE address = ? AND cleared IS NULL", key));
}

void forget_soft_bounces(Connection& connection, const std::string& key) {
    connection.run("DELETE FROM soft_bounce WHERE address = ?", key);
}

void forget_soft_replies(Connection& connection, std::int64_t mailing) {
    std::vector<std::string> addresses;
    {
        Query rows = connection.query(
            "SELECT address FROM soft_bounce WHERE mailing = ? AND reported = 0", mailing);
        while (rows.step()) addresses.push_back(rows.text(0));
    }
    Portions(connection).write(addresses.size(), [&](std::size_t index) {
        connection.run("DELETE FROM soft_bounce WHERE address = ? AND mailing = ? AND reported = 0",
                       addresses[index], mailing);
    });
}

}  // namespace tocsin::sqlite
