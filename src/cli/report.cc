// `tocsin report`: what came of a campaign.
#include "base/file.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "cli/report_text.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::filesystem::path csv;
    std::string html;
};

ExitCode report(const Options& options, Invocation& invocation) {
    if (!options.html.empty()) throw UsageError("`report --html` is not supported yet");
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_look(workspace);
    const MailingKey mailing =
        mailing_to_look_at(invocation, workspace, options.campaign, ledger.get());
    Counts counts;
    CampaignOutcome outcome;
    if (ledger) {
        counts = ledger->counts(mailing);
        outcome = outcome_of(*ledger, mailing);
    }
    const bool to_file = !options.csv.empty() && options.csv != "-";
    if (to_file) replace_file(options.csv, report_csv(outcome));
    if (invocation.globals.json)
        invocation.console.out(one_line(report_json(mailing, counts, outcome)));
    else if (options.csv == "-")
        invocation.console.out(report_csv(outcome));
    else if (!to_file)
        invocation.console.out(report_text(mailing.shown(), outcome));
    return ExitCode::kOk;
}

}  // namespace

Command add_report(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("report", "What came of it: outcome, by domain, by reason");
    take_mailing(*command, options->campaign)->required();
    command->add_option("--csv", options->csv, "Write it there as a table instead")
        ->type_name("FILE");
    command->add_option("--html", options->html, "Not supported yet")->type_name("FILE")->group("");
    return {command, [options](Invocation& invocation) { return report(*options, invocation); }};
}

}  // namespace tocsin
