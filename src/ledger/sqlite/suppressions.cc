#include "ledger/sqlite/suppressions.h"

#include <algorithm>

#include "base/failpoint.h"
#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/portions.h"

namespace tocsin::sqlite {
namespace {

std::optional<Suppression> standing(Connection& connection, const std::string& name,
                                    const std::string& scope) {
    Query row =
        connection.query("SELECT * FROM suppression WHERE address = ? AND scope = ?", name, scope);
    if (!row.step()) return std::nullopt;
    return read_entry(row);
}

void renew(Connection& connection, Suppression standing, const Suppression& entry,
           std::int64_t run) {
    if (!is_said_again(standing, entry)) return;
    bool is_told = is_worth_an_event(standing, entry);
    standing.time = entry.time;
    connection.run("UPDATE suppression SET time = ? WHERE address = ? AND scope = ?", entry.time,
                   standing.address, standing.scope);
    if (is_told) note_event(connection, {standing, SuppressionChange::kAdded, run});
}

// Where the range is empty, this is one step down a tree.
bool lists_names(Connection& connection, const std::string& prefix) {
    return connection.integer(
               0, "SELECT 1 FROM suppression WHERE address >= ?1 AND address < ?1 || x'ff' LIMIT 1",
               prefix) != 0;
}

}  // namespace

Suppression read_entry(const Query& row) {
    return {row.text(0), row.text(1), row.text(2),         row.text(3),
            row.time(4), row.text(5), row.optional_time(6)};
}

ListedNames::ListedNames(Connection& connection) : names_(connection.names()) {
    if (!names_.has_permanent())
        demand_permanent_names(names_, lists_names(connection, kPermanentName));
    for (std::size_t kind = 0; kind < names_.kinds(); ++kind) {
        if (lists_names(connection, names_.prefix(kind))) kinds_.push_back(kind);
    }
}

std::vector<std::string> ListedNames::of(const std::string& key) const {
    std::vector<std::string> names{key};
    if (is_hashed_name(key)) return names;
    for (std::size_t kind : kinds_) names.push_back(names_.name(kind, key));
    return names;
}

bool has_names(Connection& connection, const std::string& prefix) {
    return connection.integer(0,
                              "SELECT EXISTS (SELECT 1 FROM suppression_event WHERE address >= ?1 "
                              "AND address < ?1 || x'ff') OR EXISTS (SELECT 1 FROM feedback "
                              "WHERE address >= ?1 AND address < ?1 || x'ff')",
                              prefix) != 0;
}

std::size_t untold_entries(Connection& connection) {
    return guarded("cannot read the suppression list", [&] {
        auto listed = [&](const std::string& prefix) {
            return connection.integer(0,
                                      "SELECT count(*) FROM suppression WHERE address >= ?1 "
                                      "AND address < ?1 || x'ff'",
                                      prefix);
        };
        std::int64_t untold = listed(kNameInToken);
        const AddressNames& names = connection.names();
        for (std::size_t kind = 0; untold > 0 && kind < names.kinds(); ++kind)
            if (names.prefix(kind).starts_with(kNameInToken)) untold -= listed(names.prefix(kind));
        return static_cast<std::size_t>(std::max<std::int64_t>(untold, 0));
    });
}

bool add_entry(Connection& connection, const Suppression& entry, std::int64_t run) {
    bool stands = false;
    for (const std::string& name : connection.names().all(entry.address)) {
        auto present = standing(connection, name, entry.scope);
        if (!present || gives_way(*present, entry)) continue;
        renew(connection, *present, entry, run);
        stands = true;
    }
    if (stands) return false;
    const std::string kept = connection.names().kept(entry.address);
    connection.run("INSERT OR REPLACE INTO suppression VALUES (?, ?, ?, ?, ?, ?, ?)", kept,
                   entry.scope, entry.reason, entry.source, entry.time, entry.campaign,
                   entry.until);
    note_event(connection, {entry, SuppressionChange::kAdded, run});
    return true;
}

void lift_just(Connection& connection, Suppression entry, const Feedback& feedback) {
    bool stood = connection.run(
                     "DELETE FROM suppression WHERE address = ? AND scope = ? AND reason = ? AND "
                     "source = ? AND time = ?",
                     entry.address, entry.scope, entry.reason, entry.source, entry.time) == 1;
    if (!stood) return;
    entry.source = feedback.source;
    entry.time = feedback.time;
    note_event(connection, {std::move(entry), SuppressionChange::kLifted, 0});
}

void note_event(Connection& connection, const SuppressionEvent& event) {
    const Suppression& entry = event.entry;
    std::optional<std::int64_t> run;
    if (event.run != 0) run = event.run;
    connection.run(
        "INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run,"
        " until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        static_cast<std::int64_t>(event.change), connection.names().kept(entry.address),
        entry.scope, entry.reason, entry.source, entry.time, entry.campaign, run, entry.until);
}

std::optional<Suppression> SuppressionLookup::find(const std::string& key) {
    for (const std::string& name : listed_.of(key)) {
        // `scope IN` or an ORDER BY would fill a table of its own for each of a million keys; the
        // `+` leaves a walk over the few entries of one address.
        Query rows = connection_.query(
            "SELECT * FROM suppression WHERE address = ? AND (+scope = ? OR +scope = ?)", name,
            std::string(kEverything), list_);
        std::optional<Suppression> found;
        while (rows.step()) {
            Suppression entry = read_entry(rows);
            if (!blocks(entry, now_)) continue;
            found = std::move(entry);
            if (found->scope == kEverything) break;
        }
        if (found) return found;
    }
    return std::nullopt;
}

void skip_suppressed(Connection& connection, std::span<PlanRow> rows, const std::string& list,
                     WallTime now) {
    guarded("cannot read the suppression list", [&] {
        SQLite::Transaction moment(connection.database());
        SuppressionLookup lookup(connection, list, now);
        for (PlanRow& row : rows) {
            bool planned = row.skip == SkipReason::kNone;
            if (planned && lookup.find(row.key)) row.skip = SkipReason::kSuppressed;
        }
    });
}

std::int64_t last_suppression_event(Connection& connection) {
    return connection.integer(0, "SELECT max(number) FROM suppression_event");
}

std::size_t suppress(Connection& connection, std::span<const Suppression> entries) {
    return guarded("cannot write the suppression list", [&] {
        std::size_t added = 0;
        Portions portions(connection);
        portions.write(entries.size(), [&](std::size_t index) {
            added += add_entry(connection, entries[index]) ? 1 : 0;
            if (index + 1 == entries.size()) failpoint("suppress-before-commit");
        });
        failpoint("suppress-after-commit");
        return added;
    });
}

}  // namespace tocsin::sqlite
