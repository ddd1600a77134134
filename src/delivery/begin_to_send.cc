#include "delivery/begin_to_send.h"

#include "base/error.h"
#include "delivery/approval.h"

namespace tocsin {

std::unique_ptr<SendSession> begin_to_send(const Workspace& workspace, const PlanInfo& plan,
                                           Ledger& ledger, const std::string& owner, WallTime now) {
    auto session = ledger.begin_send(plan.mailing, owner, now);
    auto held = ledger.plan(plan.mailing);
    bool is_same = held && held->number == plan.number && held->audience_hash == plan.audience_hash;
    if (!is_same) {
        throw PlannedAnew(plan.mailing.shown() + " was planned anew meanwhile: nothing was sent",
                          "the same command once more looks at the new plan");
    }
    demand_approval(workspace, *held, ledger);
    return session;
}

}  // namespace tocsin
