// Time behind an interface, so that schedules, retries and Date headers can be tested.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

class Clock {
  public:
    virtual ~Clock() = default;
    // Wall time, UTC: what is written into mails and the ledger. It can jump.
    virtual WallTime now() const = 0;
    // Time since boot, sleep included (CLOCK_BOOTTIME): what time-outs and rates use. It never
    // jumps, and means nothing after a reboot.
    virtual Milliseconds since_boot() const = 0;
};

class SystemClock : public Clock {
  public:
    WallTime now() const override;
    Milliseconds since_boot() const override;
};

// Stands still until told.
class ManualClock : public Clock {
  public:
    explicit ManualClock(WallTime start) : now_(start) {}
    WallTime now() const override { return now_; }
    Milliseconds since_boot() const override { return now_.time_since_epoch(); }
    void advance(Milliseconds by) { now_ += by; }

  private:
    WallTime now_;
};

// Names this boot of this machine: times since boot mean something under the same name only. Empty
// where the system does not tell.
std::string boot_id();

// "2026-11-23T19:00:00Z", always UTC, whatever the locale.
std::string iso8601(WallTime time);
// Only that form; nothing for anything else, an impossible date included.
std::optional<WallTime> parse_iso8601(std::string_view text);

}  // namespace tocsin
