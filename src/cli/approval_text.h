// Approvals as people and programs see them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "delivery/approval.h"

namespace tocsin {

// The state of the plan's approval where there is something to tell: one is required, or was given.
std::optional<ApprovalState> approval_to_tell(const Workspace& workspace, const MailingKey& mailing,
                                              Ledger& ledger);

// "approved by Ann (2026-11-24T09:00:00Z)", and who else; or that nobody did; or that it is void,
// and why, as several lines. Each begins with `indent`.
std::string approval_text(const ApprovalState& state, const std::string& indent);

nlohmann::ordered_json approval_json(const ApprovalState& state);

}  // namespace tocsin
