#include "agenda/series.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostNamed = 100;

// A machine that was off for years is told of the last one.
constexpr std::chrono::hours kLongest{24 * 366};

// By people's own clocks it comes due where it is that late first.
WallTime comes_due(const Schedule& schedule, const Occurrence& one) {
    return schedule.by_recipient ? first_on_earth(one.local) : one.time;
}

}  // namespace

SeriesState came_due(const Schedule& schedule, WallTime settled, WallTime now) {
    SeriesState state;
    state.settled = settled;
    auto one = next_occurrence(schedule, std::max(settled, now - kLongest));
    for (; one && comes_due(schedule, *one) <= now; one = next_occurrence(schedule, one->time)) {
        if (state.latest) {
            ++state.missed_count;
            state.settled = state.latest->time;
            state.missed.push_back(*state.latest);
            if (state.missed.size() > kMostNamed) state.missed.erase(state.missed.begin());
        }
        state.latest = one;
    }
    return state;
}

}  // namespace tocsin
