// Plans as people and programs see them, for `plan`, `approve` and `send`.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "delivery/approval.h"
#include "delivery/planner.h"

namespace tocsin {

// A plan that was just written, and what there is to tell about it.
struct PlanReport {
    PlanInfo plan;
    SurveyCounts counts;
    std::vector<SkippedRows::Group> skipped;
    std::optional<WallTime> replaced;  // when the plan was made that it took the place of
    std::vector<std::string> changes;  // since that
    // How long it takes at the limits that are in force, or nothing where there are none.
    std::optional<std::chrono::seconds> duration;
    std::optional<ApprovalState> approval;
    // The campaign's time zone, where each person's own counts; else empty.
    std::string zone;
};

// Writes the plan, as of now; prints findings and throws Reported where it cannot be.
PlanReport plan_or_report(Invocation& invocation, const Workspace& workspace,
                          LoadedCampaign& loaded, Ledger& ledger, PlanOrder order);

std::string plan_text(const PlanReport& report);
nlohmann::ordered_json plan_json(const PlanReport& report);

// What of a hash people read to each other.
std::string short_hash(const std::string& hash);

}  // namespace tocsin
