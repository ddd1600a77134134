// How many mails a minute go to a group, from the last minute of them, in twelve steps of five
// seconds.
#pragma once

#include <array>
#include <optional>

#include "delivery/rates/moment.h"

namespace tocsin {

class GroupMeter {
  public:
    void count(Microseconds at);
    // Of a group that began less than a minute ago, what it would be if it went on so.
    std::int64_t per_minute(Microseconds now) const;

  private:
    static constexpr std::int64_t kSteps = 12;
    std::array<std::int64_t, kSteps> counts_{};
    std::int64_t newest_ = 0;  // step since boot
    std::optional<Microseconds> first_;
};

}  // namespace tocsin
