// The circuit breaker of one run: a relay that answers 550 to everybody must not burn a list.
// Pure: it is told of answers and says when to stop. Who runs it puts the campaign on hold with
// `reason`, ends with 77, and settles the provisional suppressions of the run by `passed`. A
// release makes a new run and a new breaker: the counting starts anew.
#pragma once

#include <cstddef>
#include <string>

#include "model/limits.h"

namespace tocsin {

class CircuitBreaker {
  public:
    explicit CircuitBreaker(Breaker limits) : limits_(limits) {}

    // Each final answer, in the order of their arrival; one that defers or leaves a doubt decides
    // nothing and is not told.
    void accepted();
    void rejected();

    // For good: from the `after`th answer on at least `percent` of all were rejections, or so many
    // came without an acceptance that the rest needs no proof: the first kAllRejected of a run, or
    // `after` in a row at any time, since a relay that turns bad after a good day would otherwise
    // need thousands to reach the share.
    bool tripped() const { return tripped_; }

    // `after` answers came and did not trip it: what this run's replies say of addresses can be
    // believed. Where a run ends before that, not to have tripped is enough.
    bool passed() const { return !tripped_ && answers_ >= enough(); }

    // "breaker: 23 of 200 rejected"; empty unless tripped.
    std::string reason() const;

    // With fewer answers than this, rejections of everybody may be chance: a short list of old
    // addresses.
    static constexpr std::size_t kAllRejected = 20;

  private:
    std::size_t enough() const { return static_cast<std::size_t>(limits_.after); }
    void judge();

    Breaker limits_;
    std::size_t answers_ = 0;
    std::size_t rejected_ = 0;
    std::size_t in_a_row_ = 0;  // rejections since the last acceptance
    bool tripped_ = false;
};

}  // namespace tocsin
