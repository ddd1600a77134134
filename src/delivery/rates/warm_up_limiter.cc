#include "delivery/rates/warm_up_limiter.h"

namespace tocsin {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;

constexpr Microseconds kDay = days(1);
constexpr std::int64_t kLatestDay = 10'000'000;  // the year 29,000: more is nonsense

std::chrono::sys_time<Microseconds> wall_time(Microseconds at, const Moment& now) {
    return now.wall + (at - now.boot);
}

sys_days day_of(Microseconds at, const Moment& now) {
    return floor<days>(wall_time(at, now));
}

Microseconds next_midnight(Microseconds at, const Moment& now) {
    return at + (day_of(at, now) + days(1) - wall_time(at, now));
}

}  // namespace

std::optional<std::int64_t> step_of(const WarmUp& warm_up, sys_days day) {
    auto index = std::max<std::int64_t>((day - warm_up.from).count(), 0);
    if (index >= std::ssize(warm_up.steps)) return std::nullopt;
    return warm_up.steps[static_cast<std::size_t>(index)];
}

bool WarmUpLimiter::is_new(sys_days day, Microseconds at) const {
    return day > day_ || at - begun_ >= kDay;
}

bool WarmUpLimiter::has_room(Microseconds at, const Moment& now) const {
    sys_days day = day_of(at, now);
    auto most = step_of(warm_up_, day);
    return !most || (is_new(day, at) ? 0 : taken_) < *most;
}

Microseconds WarmUpLimiter::earliest(Microseconds from, const Moment& now) const {
    Microseconds at = from;
    while (!has_room(at, now)) {
        Microseconds forgotten = begun_ + kDay;
        Microseconds midnight = next_midnight(at, now);
        at = forgotten > at ? std::min(forgotten, midnight) : midnight;
    }
    return at;
}

void WarmUpLimiter::take(Microseconds at, const Moment& now) {
    sys_days day = day_of(at, now);
    if (is_new(day, at)) {
        day_ = day;
        taken_ = 0;
        begun_ = at;
    }
    ++taken_;
}

void WarmUpLimiter::give_back(Microseconds at, const Moment& now) {
    if (day_of(at, now) == day_ && taken_ > 0) --taken_;
}

RateRecord WarmUpLimiter::save(const Moment& now) const {
    return {now, {{"day", {day_.time_since_epoch().count(), taken_, begun_.count()}}}};
}

void WarmUpLimiter::load(const RateRecord& record, const Moment& now) {
    day_ = sys_days{};
    taken_ = 0;
    begun_ = Microseconds{0};
    for (const RateRecord::Entry& entry : record.entries) {
        if (entry.kind != "day" || entry.numbers.size() != 3) continue;
        // No day was begun further ahead than anybody reserves.
        begun_ = std::min(Microseconds(entry.numbers[2]) + shift(record, now),
                          now.boot + kFarthestAhead);
        day_ = sys_days(days(std::clamp<std::int64_t>(entry.numbers[0], 0, kLatestDay)));
        taken_ = std::max<std::int64_t>(entry.numbers[1], 0);
    }
}

void WarmUpLimiter::spend(const Moment& now) {
    day_ = day_of(now.boot, now);
    taken_ = INT32_MAX;
    begun_ = now.boot;
}

}  // namespace tocsin
