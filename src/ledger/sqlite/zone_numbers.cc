#include "ledger/sqlite/zone_numbers.h"

#include "ledger/sqlite/portions.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {

ZoneNumbers::ZoneNumbers(const std::vector<Zone>& zones, std::int64_t rows) {
    for (const Zone& zone : zones) numbers_[zone.name] = zone.number;
    if (zones.empty()) without_ = rows;
}

std::optional<std::int64_t> ZoneNumbers::number_of(const PlanRow& row) {
    bool is_skipped = row.skip != SkipReason::kNone;
    if (numbers_.empty()) {
        bool has_none = is_skipped || row.zone.empty();
        if (has_none) ++without_;
        if (has_none) return std::nullopt;
        numbers_[""] = kNoZone;
    }
    if (is_skipped) return std::nullopt;
    return numbers_.try_emplace(row.zone, std::ssize(numbers_)).first->second;
}

void ZoneNumbers::number_rest(Connection& connection, std::int64_t plan) const {
    if (numbers_.empty() || without_ == 0) return;
    Portions(connection, Durability::kLater)
        .write(static_cast<std::size_t>(without_), [&](std::size_t index) {
            connection.run(
                "UPDATE recipient SET zone = ? WHERE id = ? AND zone IS NULL AND state <> 1",
                kNoZone, row_id(plan, static_cast<std::int64_t>(index) + 1));
        });
}

void ZoneNumbers::write(Connection& connection, std::int64_t plan) const {
    for (const auto& [name, number] : numbers_) {
        connection.run(
            "INSERT INTO zone(plan, number, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", plan,
            number, name);
    }
}

}  // namespace tocsin::sqlite
