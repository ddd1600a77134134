// Which occurrence of a recurring campaign is the one to send now.
#pragma once

#include <optional>

#include "calendar/schedule.h"

namespace tocsin {

// The latest that has come due (earliest_due) by `now`; nothing without `every`, or where the last
// ten years had none.
std::optional<Occurrence> latest_due(const Schedule& schedule, WallTime now);

}  // namespace tocsin
