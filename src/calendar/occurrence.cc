#include "calendar/schedule.h"

namespace tocsin {
namespace {

// Different local times are one instant where a zone skips them.
Occurrence occurrence_at(const Zone& zone, WallTime time) {
    const LocalMinute local = zone.local(time);
    return {shown(local), local, time};
}

}  // namespace

std::optional<Occurrence> next_occurrence(const Schedule& schedule, WallTime after) {
    if (!schedule.every) return std::nullopt;
    // What the clocks show at `after` they have shown by then: neither this nor an earlier local
    // time can be later than `after`, but in the second run of a doubled hour the following can be
    // earlier still.
    LocalMinute local = schedule.zone.local(after);
    WallTime time = after;
    while (time <= after) {
        local = schedule.every->next(local);
        time = schedule.zone.instant(local);
    }
    const std::optional<WallTime> end = end_of(schedule);
    if (end && time > *end) return std::nullopt;
    return occurrence_at(schedule.zone, time);
}

std::optional<Occurrence> find_occurrence(const Schedule& schedule, const std::string& name) {
    const std::optional<LocalMinute> local = parse_local(name);
    if (!local) return std::nullopt;
    const WallTime time = schedule.zone.instant(*local);
    std::optional<Occurrence> found = next_occurrence(schedule, time - Milliseconds(1));
    if (!found || found->name != name) return std::nullopt;
    return found;
}

}  // namespace tocsin
