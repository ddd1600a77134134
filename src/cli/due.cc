// `tocsin due`: sends every campaign whose schedule is due; what cron calls.
#include <limits>

#include "base/text.h"
#include "campaign/duration_reader.h"
#include "cli/campaign_folder.h"
#include "cli/commands.h"
#include "cli/due_run.h"
#include "cli/load.h"
#include "cli/stop_signal.h"
#include "delivery/ask_again.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string max_time;
    DueOptions due;
};

// What --max-time and the like say. Throws UsageError.
Milliseconds typed_duration(const std::string& option, const std::string& text) {
    if (auto duration = parse_typed_duration(text)) return *duration;
    throw UsageError(option + ": `" + printable(text) + "` is no duration",
                     "write `50s`, `10min` or `2h`");
}

ExitCode due(Options options, Invocation& invocation) {
    const Workspace workspace = load_workspace(invocation);
    options.due.folder = campaign_folder(workspace, options.due.folder);
    if (!options.max_time.empty()) {
        options.due.max_time = typed_duration("--max-time", options.max_time);
    }
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    warn_of_untold_entries(*opened.ledger);
    sweep_outstanding(workspace);
    StopSignal stop;
    return DueRun(invocation, workspace, opened, options.due).run();
}

}  // namespace

Command add_due(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("due", "Send every campaign whose schedule is due; for cron");
    command->add_option("--max-time", options->max_time, "End after so long: 10min, 2h")
        ->type_name("T");
    command->add_option("--max-messages", options->due.max_messages, "At most so many mails")
        ->type_name("N")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    command->add_option("--campaigns", options->due.folder, "Look there instead of campaigns/")
        ->type_name("DIR");
    command->add_flag("--skip-invalid", options->due.survey.skip_invalid, "Leave bad rows out");
    command->add_flag("--skip-broken", options->due.survey.skip_broken,
                      "Leave people out whose mail cannot be rendered");
    return {command, [options](Invocation& invocation) { return due(*options, invocation); }};
}

}  // namespace tocsin
