// How many a second, lately. Pure: times come from the caller.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "base/clock.h"

namespace tocsin {

// Looks back 20 seconds, and further (to ten minutes) where fewer than ten came in that time, so
// that one a minute is a rate, too.
class Speedometer {
  public:
    // `count` is the total so far, `now` of a clock that never jumps. May be called as often as one
    // likes; one sample a second is kept.
    void add(Milliseconds now, std::size_t count);
    // Nothing until three seconds and two events are known.
    std::optional<double> per_second() const;

  private:
    struct Sample {
        Milliseconds time;
        std::size_t count;
    };
    bool old_enough(const Sample& sample) const;

    std::deque<Sample> samples_;  // oldest first
    Sample latest_{};
};

}  // namespace tocsin
