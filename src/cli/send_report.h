// What a send says while it runs and when it ends.
#pragma once

#include <string>

#include "cli/command.h"
#include "delivery/dispatcher.h"
#include "ledger/ledger.h"

namespace tocsin {

// "tech-contracts: 1,200 of 5,000, 3 deferred"
std::string progress_line(const std::string& campaign, const RunResult& result,
                          std::size_t planned);

// Prints the outcome (or status as JSON) and says which exit code it is.
ExitCode report_run(Invocation& invocation, const MailingKey& mailing, const RunResult& result,
                    Ledger& ledger);

// Nothing was left to send.
ExitCode report_nothing_to_do(Invocation& invocation, const MailingKey& mailing, Ledger& ledger);

}  // namespace tocsin
