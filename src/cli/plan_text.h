// Plans as people and programs see them, for `plan` and `send`.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/command.h"
#include "delivery/planner.h"

namespace tocsin {

// Writes the plan; prints findings and throws Reported where it cannot be.
SurveyCounts plan_or_report(Invocation& invocation, const Workspace& workspace,
                            LoadedCampaign& loaded, Ledger& ledger, PlanKind kind,
                            const SurveyOptions& options);

// How long the plan takes at the limits that are in force, or nothing where there are none.
using PlanDuration = std::optional<std::chrono::seconds>;

std::string plan_text(const PlanInfo& plan, const SurveyCounts& counts, PlanDuration duration);
nlohmann::ordered_json plan_json(const PlanInfo& plan, const SurveyCounts& counts,
                                 PlanDuration duration);

}  // namespace tocsin
