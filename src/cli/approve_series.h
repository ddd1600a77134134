// What somebody looks at before they say yes to a recurring campaign: its files as they are now,
// and nothing is planned.
#pragma once

#include <memory>
#include <string>

#include "cli/command.h"
#include "delivery/planner.h"

namespace tocsin {

struct SeriesToApprove {
    std::unique_ptr<LoadedCampaign> loaded;
    std::string hash;  // of content and settings
    std::string introduction;
};

// Surveys it as `plan` does: prints findings, throws Reported where it could not be planned, and
// Refused where it is cancelled.
SeriesToApprove survey_series(Invocation& invocation, const Workspace& workspace,
                              const std::string& campaign, const SurveyOptions& options,
                              Ledger& ledger);

}  // namespace tocsin
