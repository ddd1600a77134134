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

// The line about a run: "alert: 12 accepted; 3 left".
std::string run_line(const MailingKey& mailing, const RunResult& result, const Counts& counts);
// Why it ended before everything was final, for stderr; empty where it did not, or was told to.
std::string why_ended(Ledger& ledger, const MailingKey& mailing, const RunResult& result);
// Who is in doubt, by address: the organiser asks them, or looks into the relay's log. Empty where
// nobody is.
std::string doubt_text(const MailingKey& mailing, Ledger& ledger, const Counts& counts);
ExitCode exit_code_of(const RunResult& result, const Counts& counts);

// Prints the outcome (or status as JSON) and says which exit code it is.
ExitCode report_run(Invocation& invocation, const MailingKey& mailing, const RunResult& result,
                    Ledger& ledger);

// Nothing was left to send.
ExitCode report_nothing_to_do(Invocation& invocation, const MailingKey& mailing, Ledger& ledger);

}  // namespace tocsin
