// How long a mailing takes at the limits that are in force: what `plan` says.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "delivery/rates/rate_book.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

using MailsByGroup = std::map<GroupId, std::int64_t>;

// From the first mail to the last, if nothing but the limits holds them up and nothing of them is
// spent: the least that it can take. Nothing where no limit holds.
std::optional<std::chrono::seconds> duration(const RunRates& rates, const DomainGroups& groups,
                                             const MailsByGroup& mails, WallTime begin);

// The same for what is left of a plan.
std::optional<std::chrono::seconds> duration(const Workspace& workspace, const PlanInfo& plan,
                                             Ledger& ledger, WallTime now);

// "25 s", "42 min", "13 h 53 min", "3 days 4 h"
std::string shown_duration(std::chrono::seconds duration);

}  // namespace tocsin
