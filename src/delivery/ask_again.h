// Asks a provider that remembers requests what became of those whose answers no run has seen.
//
// Only where it can do no harm, for a request that had never arrived is carried out by this: each
// of its mails is still in doubt, or was settled by this very request (a sender that is killed
// while it notes an answer leaves a half of it), and none of their people is suppressed by now.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "model/workspace.h"
#include "transport/transport.h"

namespace tocsin {

struct AskedAgain {
    std::size_t accepted = 0;
    std::size_t rejected = 0;
    std::size_t unclear = 0;  // still in doubt
};

// Where a transport keeps its requests; beside the ledger whose rows they are of.
std::filesystem::path outstanding_folder(const Workspace& workspace, const std::string& transport);

// Removes what no provider remembers any more, of all transports: whole mails lie there.
void sweep_outstanding(const Workspace& workspace) noexcept;

// What may wait there: a send of a finished campaign opens its transport for it only then.
bool has_outstanding(const Workspace& workspace, const std::string& transport);

// Of the plan's mailing, and enters what is known into the ledger; begins no question after ten
// seconds. While the caller holds the mailing (`begin_send`), which has recovered what an earlier
// send left, and keeps others from mailing again whom this asks about. Throws LedgerError.
AskedAgain ask_again(Transport& transport, const std::string& name, Ledger& ledger,
                     const PlanInfo& plan, const Clock& clock);

}  // namespace tocsin
