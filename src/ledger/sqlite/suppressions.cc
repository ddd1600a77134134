#include "ledger/sqlite/suppressions.h"

#include "ledger/sqlite/fault.h"

namespace tocsin::sqlite {
namespace {

constexpr std::int64_t kReadAtOnce = 1'000;

// Columns `first` to `first + 5`.
Suppression read_entry(const Query& row, int first) {
    return {row.text(first),     row.text(first + 1), row.text(first + 2),
            row.text(first + 3), row.time(first + 4), row.text(first + 5)};
}

bool add_entry(Connection& connection, const Suppression& entry) {
    // rules.h, gives_way
    std::size_t added = connection.run(
        "INSERT INTO suppression VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "reason = excluded.reason, source = excluded.source, time = excluded.time, "
        "campaign = excluded.campaign WHERE source = 'reply' AND excluded.source <> 'reply'",
        entry.address, entry.scope, entry.reason, entry.source, entry.time, entry.campaign);
    if (added != 0) note_event(connection, {entry, SuppressionChange::kAdded, 0});
    return added != 0;
}

// The next entries after (address, scope) in their order.
std::vector<Suppression> read_entries(Connection& connection, const SuppressionFilter& filter,
                                      const Suppression& after, std::int64_t most) {
    static constexpr char kOfOne[] =
        "SELECT * FROM suppression WHERE address = ?1 AND (?2 = '' OR scope = ?2) "
        "AND scope > ?4 ORDER BY scope LIMIT ?5";
    static constexpr char kOfAll[] =
        "SELECT * FROM suppression WHERE (?2 = '' OR scope = ?2) "
        "AND (address, scope) > (?3, ?4) ORDER BY address, scope LIMIT ?5";
    const char* sql = filter.address.empty() ? kOfAll : kOfOne;
    std::vector<Suppression> entries;
    Query rows =
        connection.query(sql, filter.address, filter.scope, after.address, after.scope, most);
    while (rows.step()) entries.push_back(read_entry(rows, 0));
    return entries;
}

}  // namespace

void note_event(Connection& connection, const SuppressionEvent& event) {
    const Suppression& entry = event.entry;
    std::optional<std::int64_t> run;
    if (event.run != 0) run = event.run;
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        static_cast<std::int64_t>(event.change), entry.address, entry.scope, entry.reason,
        entry.source, entry.time, entry.campaign, run);
}

std::optional<Suppression> suppression_for(Connection& connection, const std::string& key,
                                           const std::string& list) {
    // `scope IN` or an ORDER BY would fill a table of its own for each of a million keys; the `+`
    // leaves a walk over the few entries of one address.
    Query rows = connection.query(
        "SELECT * FROM suppression WHERE address = ? AND (+scope = ? OR +scope = ?)", key,
        std::string(kEverything), list);
    std::optional<Suppression> found;
    while (rows.step()) {
        found = read_entry(rows, 0);
        if (found->scope == kEverything) break;
    }
    return found;
}

void skip_suppressed(Connection& connection, std::span<PlanRow> rows, const std::string& list) {
    guarded("cannot read the suppression list", [&] {
        SQLite::Transaction moment(connection.database());
        for (PlanRow& row : rows) {
            bool planned = row.skip == SkipReason::kNone;
            if (planned && suppression_for(connection, row.key, list)) {
                row.skip = SkipReason::kSuppressed;
            }
        }
    });
}

std::int64_t last_suppression_event(Connection& connection) {
    return connection.integer(0, "SELECT max(number) FROM suppression_event");
}

std::size_t suppress(Connection& connection, std::span<const Suppression> entries) {
    return guarded("cannot write the suppression list", [&] {
        std::size_t added = 0;
        Transaction transaction(connection);
        for (const auto& entry : entries) added += add_entry(connection, entry) ? 1 : 0;
        transaction.commit();
        return added;
    });
}

std::size_t unsuppress(Connection& connection, const SuppressionFilter& filter,
                       const std::string& source, WallTime now) {
    return guarded("cannot write the suppression list", [&] {
        Transaction transaction(connection);
        auto lifted = read_entries(connection, filter, {}, -1);
        for (auto& entry : lifted) {
            connection.run("DELETE FROM suppression WHERE address = ? AND scope = ?", entry.address,
                           entry.scope);
            entry.source = source;
            entry.time = now;
            note_event(connection, {entry, SuppressionChange::kLifted, 0});
        }
        transaction.commit();
        return lifted.size();
    });
}

// In portions, so that a slow reader of the list holds nothing up.
void for_each_suppression(Connection& connection, const SuppressionFilter& filter,
                          const std::function<void(const Suppression&)>& visit) {
    Suppression last;
    for (;;) {
        auto entries = guarded("cannot read the suppression list",
                               [&] { return read_entries(connection, filter, last, kReadAtOnce); });
        if (entries.empty()) return;
        for (const auto& entry : entries) visit(entry);
        last = entries.back();
    }
}

std::vector<SuppressionEvent> suppression_history(Connection& connection, const std::string& key) {
    return guarded("cannot read the suppression list", [&] {
        std::vector<SuppressionEvent> events;
        Query rows = connection.query(
            "SELECT address, scope, reason, source, time, campaign, change, run "
            "FROM suppression_event WHERE address = ? ORDER BY number",
            key);
        while (rows.step()) {
            auto change = static_cast<SuppressionChange>(rows.integer(6));
            events.push_back({read_entry(rows, 0), change, rows.integer(7)});
        }
        return events;
    });
}

}  // namespace tocsin::sqlite
