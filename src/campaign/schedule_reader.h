// Reads `schedule`: of a campaign, when it goes out; of tocsin.yaml, what campaigns go by that do
// not say it.
#pragma once

#include <optional>

#include "campaign/node.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

// What is wrong keeps its default.
ScheduleDefaults read_schedule_defaults(const Node& node);

// Nothing where any part of it is wrong: a schedule that lacks one is another schedule. Without a
// `timezone` it is the one of `defaults`.
std::optional<ScheduleDefinition> read_schedule(const Node& node, const ScheduleDefaults& defaults);

}  // namespace tocsin
