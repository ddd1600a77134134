// What throttle replies ("too quickly", 4.7.28, 421 …) make of one domain group, for the rest of
// the run. A reply halves the group's rate and pauses the group: 30 s, then twice as long each
// time, up to 10 min. Clean deliveries win the rate back: a tenth more after about a minute's worth
// of them, 5 to 50. When the rate is again what it was, the group is free of this.
#pragma once

#include <optional>
#include <string>

#include "delivery/rates/moment.h"
#include "model/limits.h"

namespace tocsin {

class GroupThrottle {
  public:
    // `usual`: what the group took before the first such reply, in mails a minute: its limit, or
    // what was delivered to it in the last minute, or the transport's rate.
    explicit GroupThrottle(std::int64_t usual) : usual_(std::max<std::int64_t>(usual, 1)) {}

    // A throttle reply to a mail that began at `begun`. Mails that began before the last halving
    // say nothing new.
    void refused(Microseconds begun, Microseconds now);
    // A mail was accepted. True where that has raised the rate.
    bool accepted();

    // Of RateBook::slow: nothing where the group is not slowed.
    std::optional<Rate> rate() const;
    Microseconds paused_until() const { return paused_until_; }
    // "slowed to 2.5/s", "slowed to 7/min"; empty where it is not slowed.
    std::string text() const;

  private:
    std::int64_t usual_;                     // a minute
    std::optional<std::int64_t> allowed_{};  // a minute; nothing: not slowed
    int clean_ = 0;                          // accepted since the rate last changed
    int pauses_ = 0;                         // since the group was last free
    Microseconds halved_ = Microseconds::min();
    Microseconds paused_until_{0};
};

// "20/s", "2.5/s", "7/min" for so many a minute: the unit in which it is at least one.
std::string shown_rate(std::int64_t per_minute);

}  // namespace tocsin
