#include "ledger/sqlite/zones.h"

#include <algorithm>

#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";

// Who waits in one zone: `AND` what else is asked of them.
#define WAITING                                                                                    \
    "FROM recipient INDEXED BY waiting WHERE state IN (0, 4) AND id >> 24 = ?1 AND zone = ?2 AND " \
    "id <= ?3 "

std::size_t count_before(Connection& connection, const Plan& plan, const Zone& zone,
                         WallTime until) {
    return static_cast<std::size_t>(
        connection.integer(0, "SELECT count(*) " WAITING "AND not_before IS NULL", plan.number,
                           zone.number, plan.last()) +
        connection.integer(0, "SELECT count(*) " WAITING "AND not_before < ?4", plan.number,
                           zone.number, plan.last(), until));
}

// The first column is an id, the second a time or null.
std::optional<WallTime> first_free(Query rows, const IsHeld& is_held, WallTime otherwise) {
    while (rows.step()) {
        if (!is_held(rows.integer(0))) return rows.optional_time(1).value_or(otherwise);
    }
    return std::nullopt;
}

std::optional<WallTime> first_retry(Connection& connection, const Plan& plan,
                                    const IsHeld& is_held) {
    return first_free(connection.query("SELECT id, not_before FROM recipient INDEXED BY retry "
                                       "WHERE state = 4 AND id >> 24 = ? AND id <= ? "
                                       "AND claim IS NULL ORDER BY not_before",
                                       plan.number, plan.last()),
                      is_held, WallTime{});
}

std::optional<WallTime> first_of_zone(Connection& connection, const Plan& plan, const Zone& zone,
                                      WallTime looked, const IsHeld& is_held) {
    if (zone.opens && *zone.opens > looked) {
        auto planned = first_free(
            connection.query("SELECT id, NULL " WAITING "AND not_before IS NULL ORDER BY id",
                             plan.number, zone.number, plan.last()),
            is_held, *zone.opens);
        if (planned) return planned;
    }
    auto retry = first_free(connection.query("SELECT id, not_before " WAITING
                                             "AND not_before IS NOT NULL ORDER BY not_before",
                                             plan.number, zone.number, plan.last()),
                            is_held, WallTime{});
    if (retry && zone.opens) return std::max(*retry, *zone.opens);
    return retry;
}

#undef WAITING

// Whether somebody is planned whose zone, if there is one, was never postponed.
bool any_at_once(Connection& connection, const Plan& plan, const std::vector<Zone>& zones) {
    return std::any_of(zones.begin(), zones.end(), [&](const Zone& zone) {
        return !zone.opens && connection.integer(0,
                                                 "SELECT 1 FROM recipient INDEXED BY waiting "
                                                 "WHERE state IN (0, 4) AND id >> 24 = ? AND "
                                                 "zone = ? AND not_before IS NULL AND id <= ?",
                                                 plan.number, zone.number, plan.last()) != 0;
    });
}

}  // namespace

std::vector<Zone> read_zones(Connection& connection, const Plan& plan) {
    std::vector<Zone> zones;
    Query rows = connection.query(
        "SELECT number, name, opens FROM zone WHERE plan = ? ORDER BY number", plan.number);
    while (rows.step()) zones.push_back({rows.integer(0), rows.text(1), rows.optional_time(2)});
    return zones;
}

std::optional<std::size_t> postpone(Connection& connection, const Plan& plan,
                                    const std::string& name, WallTime until) {
    const auto zones = read_zones(connection, plan);
    auto zone =
        std::find_if(zones.begin(), zones.end(), [&](const Zone& one) { return one.name == name; });
    if (zone == zones.end() || (zone->opens && *zone->opens >= until)) return std::nullopt;
    connection.run("UPDATE zone SET opens = ? WHERE plan = ? AND number = ?", until, plan.number,
                   zone->number);
    return count_before(connection, plan, *zone, until);
}

std::vector<ZoneRows> zone_rows(Connection& connection, const MailingKey& mailing) {
    return guarded(kCannotRead, [&] {
        std::vector<ZoneRows> found;
        SQLite::Transaction moment(connection.database());
        auto plan = ready_plan(connection, mailing);
        if (!plan) return found;
        Query rows = connection.query(
            "SELECT name, waiting, opens FROM (SELECT zone AS of_zone, count(*) AS waiting "
            "FROM recipient INDEXED BY waiting WHERE id >> 24 = ?1 AND zone IS NOT NULL "
            "AND state IN (0, 4) AND id <= ?2 GROUP BY zone) "
            "JOIN zone ON zone.plan = ?1 AND zone.number = of_zone ORDER BY name",
            plan->number, plan->last());
        while (rows.step()) {
            auto waiting = static_cast<std::size_t>(rows.integer(1));
            found.push_back({rows.text(0), waiting, rows.optional_time(2)});
        }
        return found;
    });
}

std::optional<WallTime> next_due(Connection& connection, const MailingKey& mailing) {
    return guarded(kCannotRead, [&]() -> std::optional<WallTime> {
        SQLite::Transaction moment(connection.database());
        auto plan = ready_plan(connection, mailing);
        if (!plan) return std::nullopt;
        const Counts counts = read_tally(connection, plan->number);
        if (counts.of(State::kSending) > 0) return WallTime{};
        const auto zones = read_zones(connection, *plan);
        bool at_once =
            zones.empty() ? counts.of(State::kPlanned) > 0 : any_at_once(connection, *plan, zones);
        if (at_once) return WallTime{};
        return first_due(connection, *plan, WallTime::min(), [](RowId) { return false; });
    });
}

std::optional<WallTime> first_due(Connection& connection, const Plan& plan, WallTime looked,
                                  const IsHeld& is_held) {
    const auto zones = read_zones(connection, plan);
    if (zones.empty()) return first_retry(connection, plan, is_held);
    std::optional<WallTime> first;
    for (const Zone& zone : zones) {
        auto due = first_of_zone(connection, plan, zone, looked, is_held);
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

}  // namespace tocsin::sqlite
