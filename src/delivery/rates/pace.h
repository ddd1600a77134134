// Evenly spaced slots: one every period ÷ count. The grid is exact, in fractions of a microsecond,
// so that 7/min is 420 an hour; and it saves nothing up: after a pause it begins anew.
//
// Slots are `count` to any half-open window of `period`: the times are those of an exact grid,
// rounded down, and a grid begins anew only later than it would have gone on.
#pragma once

#include "delivery/rates/record.h"
#include "model/limits.h"

namespace tocsin {

class Pace {
  public:
    explicit Pace(const Rate& rate);

    // The earliest slot that is not before `from`. Any time after it can be taken as well; the
    // grid then goes on from there.
    Microseconds earliest(Microseconds from) const { return std::max(from, next_); }
    // Takes the slot at `at`, which is not before the earliest.
    void take(Microseconds at);
    // Goes on at another rate, after the same slot.
    void change(const Rate& rate);

    // "pace COUNT PERIOD NEXT PART": the next slot is at NEXT + PART/COUNT µs.
    RateRecord::Entry save() const;
    // Of a record that lacks it, nothing was taken.
    void load(const RateRecord& record, const Moment& now);
    // What was taken is not known: leaves room for all that another process may have reserved.
    void spend(Microseconds now);

  private:
    // To a whole microsecond, for parts of another count.
    void round_up();

    std::int64_t count_;
    Microseconds period_;
    Microseconds next_{0};
    std::int64_t part_ = 0;  // of count_
};

}  // namespace tocsin
