// Every command, each defined in the file of its name. A function adds its subcommand to `app` and
// returns what runs it.
#pragma once

#include <vector>

#include "cli/command.h"

namespace tocsin {

Command add_approve(CLI::App& app);
Command add_cancel(CLI::App& app);
Command add_check(CLI::App& app);
Command add_diff(CLI::App& app);
Command add_due(CLI::App& app);
Command add_explain(CLI::App& app);
Command add_hold(CLI::App& app);
Command add_inbound(CLI::App& parent);
Command add_init(CLI::App& app);
std::vector<Command> add_ledger(CLI::App& app);
Command add_plan(CLI::App& app);
Command add_preview(CLI::App& app);
Command add_release(CLI::App& app);
Command add_render(CLI::App& app);
Command add_report(CLI::App& app);
Command add_resolve(CLI::App& app);
Command add_schedule(CLI::App& app);
Command add_send(CLI::App& app);
Command add_serve(CLI::App& app);
Command add_status(CLI::App& app);
std::vector<Command> add_suppress(CLI::App& app);
Command add_suppress_pull(CLI::App& parent);
Command add_suppress_undo(CLI::App& parent);
Command add_test(CLI::App& app);

// All of them, in the order in which --help shows them.
std::vector<Command> add_commands(CLI::App& app);

}  // namespace tocsin
