// At most `count` in any window of `period`, at whatever pace.
//
// Time is cut into sixtieths of the period, and what was taken is counted by them. A sixtieth
// leaves the window as a whole, and only when its slots could not be used within it any more, even
// late: so the budget errs to the safe side, by at most a sixtieth of the period and a second.
#pragma once

#include <array>

#include "delivery/rates/record.h"
#include "model/limits.h"

namespace tocsin {

class Budget {
  public:
    // `late`: how long after its time a slot may be used (moment.h); less than a sixtieth.
    Budget(const Rate& rate, Microseconds late);

    // The first time, not before `from`, at which there is something left. From then on there is,
    // until it is taken.
    Microseconds earliest(Microseconds from) const;
    // `at` is not before any earlier one.
    void take(Microseconds at) { add(part_of(at), 1); }
    // What was taken at `at` was not used after all.
    void give_back(Microseconds at);

    // "budget PERIOD PART TAKEN PART TAKEN …": the sixtieths since boot in which something was.
    RateRecord::Entry save() const;
    // Only what was written for the same period counts; its number may have been edited.
    void load(const RateRecord& record, const Moment& now);
    // What was taken is not known: all of it, in the last moment.
    void spend(Microseconds now);

  private:
    static constexpr std::int64_t kParts = 60;
    // The present sixtieth, those of the window, and one that is late.
    static constexpr std::int64_t kKept = kParts + 2;

    std::int64_t part_of(Microseconds at) const;
    Microseconds begin_of(std::int64_t part) const;
    // The first sixtieth whose slots are in the window that ends at `at`.
    std::int64_t first_in(Microseconds at) const { return part_of(at - period_ - late_); }
    std::int64_t& taken(std::int64_t part) { return taken_[index(part)]; }
    std::int64_t taken(std::int64_t part) const { return taken_[index(part)]; }
    static std::size_t index(std::int64_t part);
    void add(std::int64_t part, std::int64_t count);
    void forget();

    std::int64_t count_;
    Microseconds period_;
    Microseconds late_;
    std::int64_t newest_ = 0;  // part
    std::int64_t total_ = 0;
    std::array<std::int64_t, kKept> taken_{};
};

}  // namespace tocsin
