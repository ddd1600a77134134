// `approval: required`: nothing goes out that nobody has said yes to.
//
// An approval covers the frozen content and audience of a plan, and the settings by which it would
// go out (delivery/plan_parts.h). That of a series, under the campaign's key without occurrence,
// has no audience: it covers every occurrence with its content and settings, whoever gets it.
#pragma once

#include <string>
#include <vector>

#include "delivery/plan_parts.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

struct ApprovalState {
    enum class Kind { kNone, kGiven, kVoid };
    Kind kind = Kind::kNone;
    // kGiven: of exactly this or, of an occurrence, of its series, oldest first. kVoid: the latest.
    std::vector<Approval> approvals;
    std::vector<std::string> changes;  // kVoid: since then
};

// Of the frozen plan, under the settings as they are now. Where an approval is void, and only
// there, rows are walked.
ApprovalState approval_of(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger);

// Of a recurring campaign, as its files are.
ApprovalState approval_of_series(const Workspace& workspace, const Content& content,
                                 Ledger& ledger);

// Throws Refused where tocsin.yaml requires an approval and there is none of exactly this: it says
// what changed, and what to do. Who sends must hold the mailing (delivery/begin_to_send.h).
void demand_approval(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger);

// What `approve` binds to: the hash that people compare, of the plan under the present settings.
PlanParts parts_to_approve(const Workspace& workspace, const PlanInfo& plan);
// Whether it was new: the same person approves the same once. Throws Refused where the plan is not
// any more the one that has these parts.
bool approve(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger,
             const std::string& by, WallTime now);

// The same of a series.
PlanParts series_to_approve(const Workspace& workspace, const Content& content);
bool approve_series(const Workspace& workspace, const Content& content, Ledger& ledger,
                    const std::string& by, WallTime now);
// Whether it is one of a series.
bool covers_series(const Approval& approval);

}  // namespace tocsin
