// One run of a mailing whose plan stands: what `send` and `due` have in common.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/send_watch.h"
#include "delivery/dispatcher.h"
#include "delivery/open_ledger.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

class Sending {
  public:
    // Reads the frozen content; proves that `unsubscribe.url` answers, as cli/send_watch.h says.
    // All that it is given outlives it.
    Sending(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
            OpenedLedger& opened);

    // Count, From, subject and three recipients: what one looks at before saying yes.
    std::string introduction();

    // Takes the mailing (delivery/begin_to_send.h: Busy, Refused), calls `prepare` with it, sends
    // what the limits let it, and shows its progress. Where the breaker trips it holds the mailing.
    // Tells whom `notify:` names what came of it, also where it throws Unavailable. Throws
    // LedgerError where the ledger, or its witness, fails.
    using Prepare = std::function<void(SendSession&)>;
    RunResult run(
        const RunLimits& limits, const Prepare& prepare = [](SendSession&) {});

  private:
    RunResult hold_and_run(const RunLimits& limits, const Prepare& prepare);
    void tell(const RunResult& result);
    RunRates rates(Transport& transport) const;
    RunResult dispatch_witnessed(SendSession& session, RunLimits limits);
    RunResult dispatch(SendSession& session, const RunLimits& limits);
    RunResult with_progress(Dispatcher& dispatcher, std::size_t planned);

    Invocation& invocation_;
    const Workspace& workspace_;
    const PlanInfo& plan_;
    OpenedLedger& opened_;
    const Content content_;
    std::unique_ptr<Composer> composer_;
    const TransportDefinition& definition_;
    std::unique_ptr<UnsubscribeWatch> watch_;
};

// What replies said of addresses, where the run that heard them died at its very end; and what can
// still be learned of those in doubt, where nothing else is left to send. The mailing is held
// meanwhile: who is mailed again by another send must not be asked about here.
void finish_what_is_left(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
                         Ledger& ledger);

}  // namespace tocsin
