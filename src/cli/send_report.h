// What a send says while it runs and when it ends.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/progress_text.h"
#include "delivery/dispatcher.h"
#include "ledger/ledger.h"

namespace tocsin {

// How far this run is, of the `planned` mails that it had before it.
ProgressCounts progress_of(const RunResult& result, std::size_t planned);

// Prints the outcome (or status as JSON) and says which exit code it is.
ExitCode report_run(Invocation& invocation, const MailingKey& mailing, const RunResult& result,
                    Ledger& ledger);

// Nothing was left to send.
ExitCode report_nothing_to_do(Invocation& invocation, const MailingKey& mailing, Ledger& ledger);

}  // namespace tocsin
