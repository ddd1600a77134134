// The one door to a send: `send` and `due` go through it.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

// Another process has replaced the plan since it was read.
struct PlannedAnew : Refused {
    using Refused::Refused;
};

// Takes the mailing, and only then looks whether the ready plan is still `plan`, and approved where
// it must be: whatever comes later finds the mailing held. Throws PlannedAnew or Refused where it
// is not, Busy where another has it.
std::unique_ptr<SendSession> begin_to_send(const Workspace& workspace, const PlanInfo& plan,
                                           Ledger& ledger, const std::string& owner, WallTime now);

}  // namespace tocsin
