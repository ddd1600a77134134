// When a schedule would send next, and until when: what `check` measures an audience against.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "calendar/shown_time.h"
#include "delivery/capacity.h"
#include "model/campaign.h"

namespace tocsin {

struct NextRun {
    enum class End { kNotAfter, kNextOccurrence };

    WallTime begin{};
    WallTime end{};
    End ends_with = End::kNotAfter;
};

// Nothing where nothing ends it, or nothing goes out by itself: what is wrong then is in the
// findings. The campaign has a schedule; `grace` is how late it may begin, where it does not say.
std::optional<NextRun> next_run(const Campaign& campaign, Milliseconds grace, WallTime now,
                                Findings& findings);

// When mail may leave meanwhile. Where each person's own clocks count, all of it: somewhere it may.
// Nothing where there are too many times to look at.
std::optional<std::vector<OpenTime>> open_times(const Schedule& schedule, const NextRun& run);

// "`window` and `days`", or empty: which of them there are.
std::string openings_of(const Schedule& schedule);

}  // namespace tocsin
