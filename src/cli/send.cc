// `tocsin send`: plans if there is no plan, asks, and sends; run again, it goes on where it
// stopped.
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/load.h"
#include "cli/mailing_to_send.h"
#include "cli/options.h"
#include "cli/send_plan.h"
#include "cli/send_report.h"
#include "cli/sending.h"
#include "cli/stop_signal.h"
#include "delivery/approval.h"
#include "delivery/ask_again.h"
#include "delivery/control.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    PlanChoice plan;
    bool dry_run = false;
    std::filesystem::path out;
    std::optional<std::size_t> limit;
    bool yes = false;
    bool wait = false;
};

void confirm(Invocation& invocation, const Options& options, const std::string& what) {
    Console& console = invocation.console;
    if (!console.quiet()) console.err(what);
    if (options.yes) return;
    if (!console.interactive()) {
        throw Refused("not confirmed: there is no terminal to ask at", "--yes says yes");
    }
    if (!console.confirm("Send now?")) throw Refused("not confirmed: nothing was sent");
}

ExitCode send_plan(Invocation& invocation, const Workspace& workspace, const Options& options,
                   const PlanInfo& plan, OpenedLedger& opened) {
    Sending sending(invocation, workspace, plan, opened);
    confirm(invocation, options,
            sending.introduction() +
                shown_if_early(invocation, workspace, options.campaign, plan.mailing));
    StopSignal stop;
    RunResult result =
        sending.run({.most = options.limit, .wait = options.wait, .stop = &StopSignal::raised()});
    return report_run(invocation, plan.mailing, result, *opened.ledger);
}

ExitCode send(const Options& options, Invocation& invocation) {
    if (options.dry_run) {
        SurveyOptions how{options.plan.skip_invalid, options.plan.skip_broken, true};
        return dry_run(invocation, GivenMailing::parse(options.campaign).campaign, how,
                       options.out);
    }
    Workspace workspace = load_workspace(invocation);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    warn_of_untold_entries(*opened.ledger);
    sweep_outstanding(workspace);
    PlanInfo plan =
        plan_to_send(invocation, workspace, options.campaign, options.plan, *opened.ledger);
    demand_open(*opened.ledger, plan.mailing);
    Counts counts = opened.ledger->counts(plan.mailing);
    if (counts.finished()) {
        finish_what_is_left(invocation, workspace, plan, *opened.ledger);
        return report_nothing_to_do(invocation, plan.mailing, *opened.ledger);
    }
    // Before anything is asked; what counts is that it is demanded once more of what is held.
    demand_approval(workspace, plan, *opened.ledger);
    return send_plan(invocation, workspace, options, plan, opened);
}

}  // namespace

Command add_send(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("send", "Send; run again, go on where it stopped");
    take_mailing(*command, options->campaign)->required();
    auto* dry = command->add_flag("--dry-run", options->dry_run, "Render all, send nothing");
    command->add_option("--out", options->out, "With --dry-run: write every mail there")
        ->type_name("DIR")
        ->needs(dry);
    command->add_option("--limit", options->limit, "At most so many mails in this run")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    command->add_flag("--yes", options->yes, "Do not ask");
    command->add_flag("--wait", options->wait, "Stay until everything is final");
    auto* replan = command->add_flag("--replan", options->plan.replan,
                                     "Plan anew; only before the first mail");
    auto* top_up =
        command->add_flag("--top-up", options->plan.top_up, "Add people who are new in the lists");
    auto* as_planned = command->add_flag("--as-planned", options->plan.as_planned,
                                         "Send what was planned, whatever changed since");
    replan->excludes(top_up)->excludes(as_planned);
    top_up->excludes(as_planned);
    command->add_flag("--skip-invalid", options->plan.skip_invalid, "Leave bad rows out");
    command->add_flag("--skip-broken", options->plan.skip_broken,
                      "Leave people out whose mail cannot be rendered");
    return {command, [options](Invocation& invocation) { return send(*options, invocation); }};
}

}  // namespace tocsin
