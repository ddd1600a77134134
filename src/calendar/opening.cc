#include <algorithm>

#include "calendar/schedule.h"

namespace tocsin {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;

struct Span {
    WallTime begin{};
    WallTime end{};
};

// The window that begins on this day, unless that is not among the days or there is nothing of it:
// a zone can skip all of it.
std::optional<Span> span_of(const Schedule& schedule, const Zone& zone, local_days day) {
    if (!schedule.days.test(std::chrono::weekday(day).c_encoding())) return std::nullopt;
    const Window window = schedule.window.value_or(Window());
    const days overnight(window.to < window.from ? 1 : 0);
    const Span span{zone.instant(day + window.from), zone.instant(day + overnight + window.to)};
    if (span.begin >= span.end) return std::nullopt;
    return span;
}

// The first that ends later than `time`. Later days never begin or end earlier, so that the first
// in their order is the one.
std::optional<Span> span_after(const Schedule& schedule, const Zone& zone, WallTime time) {
    constexpr days kBefore(1);  // whose window goes past midnight
    constexpr days kAhead(21);  // where a zone skips the one day of a week
    const local_days today = floor<days>(zone.local(time));
    for (local_days day = today - kBefore; day <= today + kAhead; day += days(1)) {
        const std::optional<Span> span = span_of(schedule, zone, day);
        if (span && span->end > time) return span;
    }
    return std::nullopt;
}

bool is_always_open(const Schedule& schedule) {
    return schedule.days.all() && schedule.window.value_or(Window()) == Window();
}

}  // namespace

std::optional<WallTime> opening(const Schedule& schedule, const Zone& zone, WallTime from) {
    if (is_always_open(schedule)) return from;
    const std::optional<Span> span = span_after(schedule, zone, from);
    if (!span) return std::nullopt;
    return std::max(span->begin, from);
}

bool is_open(const Schedule& schedule, const Zone& zone, WallTime at) {
    return opening(schedule, zone, at) == at;
}

std::optional<WallTime> closing(const Schedule& schedule, const Zone& zone, WallTime from) {
    if (is_always_open(schedule)) return std::nullopt;
    std::optional<Span> span = span_after(schedule, zone, from);
    if (!span) return std::nullopt;
    // Whole days touch each other.
    for (WallTime end = span->end;; end = span->end) {
        span = span_after(schedule, zone, end);
        if (!span || span->begin > end) return end;
    }
}

}  // namespace tocsin
