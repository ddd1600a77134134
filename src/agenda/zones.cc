#include "agenda/zones.h"

#include <algorithm>

namespace tocsin {
namespace {

Zone zone_of(const ZoneRows& rows, const Schedule& schedule) {
    // A name that has left the system's database since the plan is the campaign's zone.
    return Zone::find(rows.zone).value_or(schedule.zone);
}

// The first time, not before `now`, at which people there may be mailed.
std::optional<WallTime> opens_in(const AgendaItem& item, const Zone& zone, WallTime now) {
    auto due = due_in(item.schedule(), item.begins, zone);
    return due ? opening(item.schedule(), zone, std::max(*due, now)) : std::nullopt;
}

}  // namespace

void postpone_closed_zones(const AgendaItem& item, Ledger& ledger, SendSession& session,
                           WallTime now) {
    if (!item.schedule().by_recipient) return;
    for (const ZoneRows& rows : ledger.zones(item.mailing)) {
        auto opens = opens_in(item, zone_of(rows, item.schedule()), now);
        if (opens && *opens > now) session.postpone(rows.zone, *opens);
    }
}

std::optional<WallTime> next_closing(const AgendaItem& item, Ledger& ledger, WallTime now) {
    const Schedule& schedule = item.schedule();
    if (!schedule.by_recipient) return closing(schedule, schedule.zone, now);
    std::optional<WallTime> first;
    for (const ZoneRows& rows : ledger.zones(item.mailing)) {
        const Zone zone = zone_of(rows, schedule);
        if (rows.waiting == 0 || !is_open(schedule, zone, now)) continue;
        auto closes = closing(schedule, zone, now);
        if (closes && (!first || *closes < *first)) first = closes;
    }
    return first;
}

}  // namespace tocsin
