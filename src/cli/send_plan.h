// Which plan `send` works from: the one that is there, a new one, or a refusal that says what has
// changed.
#pragma once

#include <string>

#include "cli/command.h"
#include "delivery/planner.h"

namespace tocsin {

struct PlanChoice {
    bool replan = false;
    bool top_up = false;
    bool as_planned = false;
    bool skip_invalid = false;
    bool skip_broken = false;
};

// The ready plan of the campaign. Throws Refused where content or lists changed before the first
// mail and no option says what to do; prints the difference where the plan is finished in spite of
// it.
PlanInfo plan_to_send(Invocation& invocation, const Workspace& workspace, const std::string& given,
                      const PlanChoice& choice, Ledger& ledger);

}  // namespace tocsin
