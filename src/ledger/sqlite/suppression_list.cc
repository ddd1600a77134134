#include "ledger/sqlite/suppression_list.h"

#include <algorithm>
#include <utility>

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/suppressions.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the suppression list";
constexpr std::int64_t kReadAtOnce = 1'000;

std::vector<Suppression> read_entries(Query rows) {
    std::vector<Suppression> entries;
    while (rows.step()) entries.push_back(read_entry(rows));
    return entries;
}

// Those of one address, under all of its names: few.
std::vector<Suppression> entries_of(Connection& connection, const SuppressionFilter& filter) {
    auto names = connection.names().all(filter.address);
    std::sort(names.begin(), names.end());
    std::vector<Suppression> entries;
    for (const std::string& name : names) {
        auto some = read_entries(connection.query(
            "SELECT * FROM suppression WHERE address = ?1 AND (?2 = '' OR scope = ?2) "
            "AND (?3 = '' OR reason = ?3) ORDER BY scope",
            name, filter.scope, filter.reason));
        entries.insert(entries.end(), some.begin(), some.end());
    }
    return entries;
}

// The next ones after (address, scope) in their order.
std::vector<Suppression> entries_after(Connection& connection, const SuppressionFilter& filter,
                                       const Suppression& after, std::int64_t most) {
    return read_entries(connection.query(
        "SELECT * FROM suppression WHERE (?1 = '' OR scope = ?1) AND (?2 = '' OR reason = ?2) "
        "AND (address, scope) > (?3, ?4) ORDER BY address, scope LIMIT ?5",
        filter.scope, filter.reason, after.address, after.scope, most));
}

}  // namespace

std::size_t unsuppress(Connection& connection, const SuppressionFilter& filter,
                       const std::string& source, WallTime now) {
    check_lifts_one(filter);
    return guarded("cannot write the suppression list", [&] {
        Transaction transaction(connection);
        auto lifted = entries_of(connection, filter);
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
    bool is_of_one = !filter.address.empty();
    Suppression last;
    for (;;) {
        auto entries = guarded(kCannotRead, [&] {
            return is_of_one ? entries_of(connection, filter)
                             : entries_after(connection, filter, last, kReadAtOnce);
        });
        for (const auto& entry : entries) visit(entry);
        if (entries.empty() || is_of_one) return;
        last = entries.back();
    }
}

std::vector<SuppressionEvent> suppression_history(Connection& connection, const std::string& key) {
    return guarded(kCannotRead, [&] {
        std::vector<std::pair<std::int64_t, SuppressionEvent>> found;
        for (const std::string& name : connection.names().all(key)) {
            Query rows = connection.query(
                "SELECT address, scope, reason, source, time, campaign, until, change, run, number "
                "FROM suppression_event WHERE address = ?",
                name);
            while (rows.step()) {
                auto change = static_cast<SuppressionChange>(rows.integer(7));
                found.emplace_back(rows.integer(9),
                                   SuppressionEvent{read_entry(rows), change, rows.integer(8)});
            }
        }
        std::sort(found.begin(), found.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<SuppressionEvent> events;
        for (auto& [number, event] : found) events.push_back(std::move(event));
        return events;
    });
}

}  // namespace tocsin::sqlite
