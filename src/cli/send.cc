// `tocsin send`: plans if there is no plan, asks, and sends; run again, it goes on where it
// stopped.
#include <algorithm>
#include <unistd.h>
#include <utility>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/send_plan.h"
#include "cli/send_report.h"
#include "cli/send_watch.h"
#include "cli/stop_signal.h"
#include "delivery/approval.h"
#include "delivery/ask_again.h"
#include "delivery/begin_to_send.h"
#include "delivery/dispatcher.h"
#include "delivery/open_ledger.h"
#include "delivery/open_signers.h"
#include "delivery/open_transport.h"
#include "delivery/session_departures.h"

namespace tocsin {
namespace {

constexpr std::size_t kShownRecipients = 3;

struct Options {
    std::string campaign;
    PlanChoice plan;
    bool dry_run = false;
    std::filesystem::path out;
    std::optional<std::size_t> limit;
    bool yes = false;
    bool wait = false;
};

std::string owner() {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return "process " + std::to_string(::getpid()) + " on " + host;
}

// Count, From, subject and three recipients: what one looks at before saying yes.
std::string introduction(const PlanInfo& plan, const Content& content, Composer& composer,
                         const std::string& transport, const Counts& counts, Ledger& ledger) {
    std::size_t left = counts.of(State::kPlanned) + counts.of(State::kDeferred);
    std::string text = plan.mailing.campaign + ": " + counted(left, "mail") + " to send by `" +
                       transport + "`\n  From     " + printable(content.from.shown()) + "\n";
    for (const RowReport& row : ledger.rows(plan.mailing, State::kPlanned, kShownRecipients)) {
        std::string subject = composer.renderer().render_subject(row.cells, {row.address, ""});
        text +=
            "  To       " + printable(row.address) + "\n  Subject  " + printable(subject) + "\n";
    }
    return text;
}

void confirm(Invocation& invocation, const Options& options, const std::string& what) {
    Console& console = invocation.console;
    if (!console.quiet()) console.err(what);
    if (options.yes) return;
    if (!console.interactive()) {
        throw Refused("not confirmed: there is no terminal to ask at", "--yes says yes");
    }
    if (!console.confirm("Send now?")) throw Refused("not confirmed: nothing was sent");
}

void demand_open(const MailingKey& mailing, const ControlState& control) {
    std::string because = control.reason.empty() ? "" : ": " + control.reason;
    if (control.control == Control::kHeld) {
        throw Refused(mailing.campaign + " is held" + because,
                      "`tocsin release " + mailing.campaign + "` lets it go on");
    }
    if (control.control == Control::kCancelled) {
        throw Refused(mailing.campaign + " is cancelled" + because, "a new id makes a new mailing");
    }
}

MailingNumbers numbers_of(const PlanInfo& plan) {
    return {plan.mailing.name(), static_cast<std::uint64_t>(plan.campaign_number),
            static_cast<std::uint64_t>(plan.list_number)};
}

std::unique_ptr<Composer> frozen_composer(const PlanInfo& plan, const Content& content) {
    Findings findings;
    auto composer = Composer::make(content, plan.columns, findings);
    // It was sound when it was frozen.
    if (!composer)
        throw LedgerError("the frozen content of " + plan.mailing.campaign + " does not load");
    return composer;
}

void tell_recovery(Invocation& invocation, const SendSession& session) {
    std::size_t in_doubt = session.recovery().in_doubt;
    if (in_doubt == 0) return;
    invocation.console.err("an earlier send died while " + counted(in_doubt, "mail") +
                           " could have left: held as in doubt\n");
}

// What a provider says of requests whose answers an earlier send has not seen.
void ask_provider_again(Invocation& invocation, Transport& transport, const std::string& name,
                        Ledger& ledger, const PlanInfo& plan) {
    const AskedAgain asked = ask_again(transport, name, ledger, plan, invocation.clock);
    if (asked.accepted + asked.rejected + asked.unclear == 0) return;
    invocation.console.err("asked `" + name + "` again about mails in doubt: " +
                           grouped(asked.accepted) + " accepted, " + grouped(asked.rejected) +
                           " rejected, " + grouped(asked.unclear) + " still in doubt\n");
}

// What the server lets the account send now.
Rates allowance(Transport& transport, const std::string& name) {
    try {
        return transport.allowance();
    } catch (const Unavailable& fault) {
        throw of_transport(name, fault);
    }
}

// How many mails this run can send.
std::size_t most(const Options& options, const Counts& before) {
    std::size_t planned = before.of(State::kPlanned) + before.of(State::kDeferred);
    return options.limit ? std::min(*options.limit, planned) : planned;
}

RunResult run_with_progress(Invocation& invocation, Dispatcher& dispatcher,
                            const MailingKey& mailing, std::size_t planned) {
    Progress progress(invocation.console, invocation.clock);
    bool told = false;
    return dispatcher.run([&](const RunResult& so_far) {
        if (!StopSignal::raised()) {
            progress.show(mailing.campaign, progress_of(so_far, planned));
        } else if (!std::exchange(told, true) && !invocation.console.quiet()) {
            // The line of the terminal goes with it: a second Ctrl-C could not take it away.
            invocation.console.err(
                "stopping when the mails under way are done; once more stops at once\n");
        }
    });
}

ExitCode send_plan(Invocation& invocation, const Workspace& workspace, const Options& options,
                   const PlanInfo& plan, OpenedLedger& opened) {
    const MailingKey& mailing = plan.mailing;
    const Content content = parse_content(plan.content);
    auto composer = frozen_composer(plan, content);
    const TransportDefinition& definition = choose_transport(workspace, content.transport);
    auto watch = watch_unsubscribes(invocation, workspace, definition);
    Counts before = opened.ledger->counts(mailing);
    confirm(invocation, options,
            introduction(plan, content, *composer, definition.name, before, *opened.ledger));

    auto session = begin_to_send(workspace, plan, *opened.ledger, owner(), invocation.clock.now());
    tell_recovery(invocation, *session);
    const std::string& domain = content.from.address.domain();
    SessionDepartures departures(*session);
    auto transport = open_transport(workspace, definition, domain, invocation.clock, departures);
    ask_provider_again(invocation, *transport, definition.name, *opened.ledger, plan);
    DkimSigner signer = open_signers(workspace, definition, domain);
    StopSignal stop;
    if (watch) watch->start();
    MailingNumbers numbers = numbers_of(plan);
    RunRates rates{definition.name, definition.limits, mailing.campaign, content.rates};
    for (const Rate& rate : allowance(*transport, definition.name)) {
        rates.limits.rates.push_back(rate);
    }
    Dispatcher dispatcher({*session,
                           *transport,
                           rates,
                           side_by_side(definition),
                           workspace.breaker,
                           {content, plan.columns, numbers, opened.keys, signer, transport->form()},
                           invocation.clock},
                          {options.limit, options.wait, &StopSignal::raised()});
    RunResult result = run_with_progress(invocation, dispatcher, mailing, most(options, before));
    session.reset();
    if (result.end == RunEnd::kBreaker) {
        opened.ledger->set_control(mailing, Control::kHeld, result.message, invocation.clock.now());
    }
    return report_run(invocation, mailing, result, *opened.ledger);
}

// The same where nothing else is left to send.
void ask_about_what_is_left(Invocation& invocation, const Workspace& workspace,
                            const PlanInfo& plan, Ledger& ledger) {
    const Content content = parse_content(plan.content);
    const TransportDefinition& definition = choose_transport(workspace, content.transport);
    if (!has_outstanding(workspace, definition.name)) return;
    demand_approval(workspace, plan, ledger);  // what never arrived is delivered by it
    UnwatchedDepartures nothing_departs;
    auto transport = open_transport(workspace, definition, content.from.address.domain(),
                                    invocation.clock, nothing_departs);
    ask_provider_again(invocation, *transport, definition.name, ledger, plan);
}

// What replies said of addresses, where the run that heard them died at its very end; and what can
// still be learned of those in doubt. The mailing is held meanwhile: who is mailed again by another
// send must not be asked about here.
void finish_what_is_left(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
                         Ledger& ledger) {
    try {
        WallTime now = invocation.clock.now();
        auto session = ledger.begin_send(plan.mailing, owner(), now);
        session->settle_suppressions(true, now);
        if (ledger.counts(plan.mailing).of(State::kInDoubt) == 0) return;
        ask_about_what_is_left(invocation, workspace, plan, ledger);
    } catch (const Busy&) {
        // Whoever has it does so.
    }
}

ExitCode send(const Options& options, Invocation& invocation) {
    if (options.dry_run) {
        SurveyOptions how{options.plan.skip_invalid, options.plan.skip_broken, true};
        return dry_run(invocation, options.campaign, how, options.out);
    }
    Workspace workspace = load_workspace(invocation);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    warn_of_untold_entries(*opened.ledger);
    sweep_outstanding(workspace);
    PlanInfo plan =
        plan_to_send(invocation, workspace, options.campaign, options.plan, *opened.ledger);
    demand_open(plan.mailing, opened.ledger->control(plan.mailing));
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
    take_campaign(*command, options->campaign);
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
