// A warm-up: so many mails a day (UTC), by a schedule of steps. Before its first day the first step
// holds; after its last there is no limit.
//
// Days are the wall clock's, and it can be wrong. Put back, it opens nothing: the count of the day
// that was begun goes on, until a day begins that is later, or 24 hours have passed since this one
// was begun. Steps grow, so that a day with room is followed by days with room. A slot belongs to
// the day of its time, even if it is used a little late.
#pragma once

#include "delivery/rates/limiter.h"

namespace tocsin {

class WarmUpLimiter : public Limiter {
  public:
    explicit WarmUpLimiter(WarmUp warm_up) : warm_up_(std::move(warm_up)) {}
    Microseconds earliest(Microseconds from, const Moment& now) const override;
    void take(Microseconds at, const Moment& now) override;
    void give_back(Microseconds at, const Moment& now) override;
    // "day NUMBER TAKEN BEGUN": days since 1970, and when its first slot was, on the boot clock.
    RateRecord save(const Moment& now) const override;
    void load(const RateRecord& record, const Moment& now) override;
    // Nothing more today.
    void spend(const Moment& now) override;

  private:
    bool is_new(std::chrono::sys_days day, Microseconds at) const;
    bool has_room(Microseconds at, const Moment& now) const;

    WarmUp warm_up_;
    std::chrono::sys_days day_{};
    std::int64_t taken_ = 0;
    Microseconds begun_{0};
};

// How many mails a day allows, or nothing where the warm-up is over.
std::optional<std::int64_t> step_of(const WarmUp& warm_up, std::chrono::sys_days day);

}  // namespace tocsin
