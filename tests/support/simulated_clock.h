// The clock of the tests' command, as the environment sets it:
//   TOCSIN_CLOCK_AHEAD=SECONDS    the machine's, so far ahead, so that what waits comes due
//   TOCSIN_CLOCK=ISO8601          another time altogether: it is that when the process starts, and
//                                 goes on from there as fast as ours ("2026-10-20T09:00:00Z")
//   TOCSIN_CLOCK_BOOT=SECONDS     with it, how long ago that machine was started; without, it was
//                                 at the epoch, so that what passes between two processes passes
//                                 on both clocks. Who sets the wall clock back says it: the time
//                                 since boot never goes back.
//   TOCSIN_BOOT_ID=NAME           what `boot_id()` says: another name is a reboot
#pragma once

#include "base/clock.h"

namespace tocsin {

class SimulatedClock : public SystemClock {
  public:
    // Reads the environment. Ends the process with a message where it makes no sense.
    SimulatedClock();
    WallTime now() const override { return SystemClock::now() + ahead_; }
    Milliseconds since_boot() const override { return SystemClock::since_boot() + boot_ahead_; }

  private:
    Milliseconds ahead_{0};
    Milliseconds boot_ahead_{0};
};

}  // namespace tocsin
