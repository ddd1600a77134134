#include "calendar/latest_due.h"

namespace tocsin {
namespace {

constexpr std::chrono::hours kHour(1), kTenYears(10 * 366 * 24);
// No zone shows a time earlier before the campaign's than this.
constexpr std::chrono::hours kZonesApart(27);

std::optional<Occurrence> latest_due(const Schedule& schedule, WallTime after, WallTime now) {
    const WallTime last = schedule.by_recipient ? now + kZonesApart : now;
    std::optional<Occurrence> latest;
    auto next = next_occurrence(schedule, after);
    while (next && next->time <= last) {
        if (earliest_due(schedule, next->local) <= now) latest = next;
        next = next_occurrence(schedule, next->time);
    }
    return latest;
}

}  // namespace

// Calendars are read forwards. So it looks back a little, and then twice as far.
std::optional<Occurrence> latest_due(const Schedule& schedule, WallTime now) {
    for (Milliseconds back = kHour; back < kTenYears; back *= 2) {
        if (auto found = latest_due(schedule, now - back, now)) return found;
    }
    return std::nullopt;
}

}  // namespace tocsin
