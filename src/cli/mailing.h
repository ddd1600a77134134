// From CAMPAIGN[@OCCURRENCE] on the command line to mailings. Whoever looks, holds or reports needs
// the file only where the ledger does not know the campaign: it may be gone, or broken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/schedule.h"
#include "cli/command.h"
#include "ledger/ledger.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

struct GivenMailing {
    std::string campaign;    // a file or an id
    std::string occurrence;  // as find_occurrence knows it; or empty

    // "weekly@2026-12-07T09:00", "campaigns/weekly.yaml@2026-12-07 09:00". Throws UsageError where
    // what stands behind the `@` is no time.
    static GivenMailing parse(const std::string& given);
};

// The schedule of a recurring campaign; nothing of another one, nor where the file is gone or
// cannot be understood: what is wrong with it others say.
std::optional<Schedule> recurrence_of(const Workspace& workspace, const std::string& campaign);
std::optional<Schedule> recurrence_of(const Campaign& campaign);

// The occurrences that have a plan, by time. `ledger` may be null.
std::vector<MailingKey> planned_occurrences(Ledger* ledger, const std::string& campaign);

// Each throws MissingInput for a campaign that nobody knows, and UsageError for an occurrence that
// the campaign does not have. `ledger` may be null.

// What `hold` means: one occurrence, or the campaign with all that it has.
MailingKey mailing_to_control(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger);
// What `status` means: of a recurring campaign all occurrences that are planned.
std::vector<MailingKey> mailings_to_count(Invocation& invocation, const Workspace& workspace,
                                          const std::string& given, Ledger* ledger);
// What `report` means: of a recurring campaign the latest occurrence that is planned.
MailingKey mailing_to_look_at(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger);
// What `plan` means: of a recurring campaign the next occurrence.
MailingKey mailing_to_plan(const Campaign& campaign, const std::string& occurrence, WallTime now);

}  // namespace tocsin
