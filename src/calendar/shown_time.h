// Times for people.
#pragma once

#include <string>

#include "base/clock.h"
#include "calendar/zone.h"

namespace tocsin {

// "2026-12-01 09:00": what the clocks there show.
std::string shown_in(const Zone& zone, WallTime time);
// "2026-12-01T09:00 (Europe/London)"
std::string shown_with_zone(const Zone& zone, WallTime time);

}  // namespace tocsin
