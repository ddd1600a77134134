// What the tests of rates share: moments, and the count that nobody may exceed.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "delivery/rates/moment.h"
#include "model/limits.h"

namespace tocsin {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// An hour after boot, in the evening.
inline Moment evening() {
    return {"boot-a", hours(1),
            WallTime(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}) + hours(19)};
}

inline Moment later(Moment moment, Microseconds by) {
    moment.boot += by;
    moment.wall += std::chrono::floor<Milliseconds>(by);
    return moment;
}

// As after a reboot: another id, a boot clock that begins again, `by` later by the wall clock.
inline Moment rebooted(Moment moment, Milliseconds by) {
    return {moment.boot_id + "'", seconds(20), moment.wall + by};
}

// The most of `times` (in any order) that lie in one half-open window of `period`.
inline std::size_t most_in(std::vector<Microseconds> times, Microseconds period) {
    std::sort(times.begin(), times.end());
    std::size_t most = 0, first = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        while (times[i] - times[first] >= period) ++first;
        most = std::max(most, i - first + 1);
    }
    return most;
}

inline bool keeps(const std::vector<Microseconds>& times, const Rates& rates) {
    return std::all_of(rates.begin(), rates.end(), [&](const Rate& rate) {
        return most_in(times, rate.period) <= static_cast<std::size_t>(rate.count);
    });
}

// Any rates that a user may write.
inline Rates random_rates(std::mt19937& random) {
    auto below = [&](int most) { return std::uniform_int_distribution<int>(1, most)(random); };
    Rates all = {{below(60), seconds(1)},
                 {below(900), minutes(1)},
                 {below(9000), hours(1)},
                 {below(90000), days(1)}};
    std::shuffle(all.begin(), all.end(), random);
    all.resize(static_cast<std::size_t>(below(4)));
    return all;
}

}  // namespace tocsin
