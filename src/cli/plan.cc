// `tocsin plan`: freezes content and audience.
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "cli/plan_text.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    bool skip_invalid = false;
    bool skip_broken = false;
};

ExitCode plan(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    const auto given = GivenMailing::parse(options.campaign);
    auto loaded = load_whole_campaign(invocation, workspace, given.campaign);
    const MailingKey mailing =
        mailing_to_plan(loaded->campaign, given.occurrence, invocation.clock.now());
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    warn_of_untold_entries(*opened.ledger);
    const PlanReport report =
        plan_or_report(invocation, workspace, *loaded, *opened.ledger,
                       {.occurrence = mailing.occurrence,
                        .survey = {options.skip_invalid, options.skip_broken, false}});
    if (invocation.globals.json) {
        invocation.console.out(one_line(plan_json(report)));
    } else if (!invocation.console.quiet()) {
        invocation.console.out(plan_text(report));
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_plan(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("plan", "Freeze content and audience, and count them");
    take_mailing(*command, options->campaign)->required();
    command->add_flag("--skip-invalid", options->skip_invalid, "Leave bad rows out");
    command->add_flag("--skip-broken", options->skip_broken,
                      "Leave people out whose mail cannot be rendered");
    return {command, [options](Invocation& invocation) { return plan(*options, invocation); }};
}

}  // namespace tocsin
