// How many mails went to a group in the last minute, in twelve steps of five seconds.
#pragma once

#include <array>

#include "delivery/rates/moment.h"

namespace tocsin {

class RateMeter {
  public:
    void count(Microseconds at);
    // Up to five seconds more or less than a minute.
    std::int64_t last_minute(Microseconds now) const;

  private:
    static constexpr std::int64_t kSteps = 12;
    std::array<std::int64_t, kSteps> counts_{};
    std::int64_t newest_ = 0;  // step since boot
};

}  // namespace tocsin
