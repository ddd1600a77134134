// `tocsin hold`, `release`, `cancel`: what a running send obeys before its next message.
#include "delivery/control.h"

#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::string reason;
};

std::string opened(Ledger& ledger, const MailingKey& mailing) {
    const std::string id = mailing.shown();
    const MailingControl control = control_of(ledger, mailing);
    if (control.state.control == Control::kOpen) {
        return id + " may go on; `tocsin send " + id + "` sends what is left\n";
    }
    const std::string series = control.by.shown();
    return id + " is not held any more, but waits: all of " + series +
           " is held; `tocsin release " + series + "` lets it go on\n";
}

std::string done(Control control, Ledger& ledger, const MailingKey& mailing) {
    const std::string id = mailing.shown();
    switch (control) {
        case Control::kHeld:
            return id + " is held; `tocsin release " + id + "` lets it go on\n";
        case Control::kOpen:
            return opened(ledger, mailing);
        case Control::kCancelled:
            return id + " is cancelled for good\n";
    }
    return {};
}

// A brake must work where a key is lost: none is read, unless a ledger must be made first.
std::unique_ptr<Ledger> ledger_for(Invocation& invocation, const Workspace& workspace) {
    const bool anew = invocation.globals.new_ledger;
    auto ledger = anew ? nullptr : open_ledger_to_look(workspace);
    return ledger ? std::move(ledger) : open_ledger(workspace, anew, LedgerUse::kRecord).ledger;
}

// What is planned and not finished says so of each person. Nothing of it goes out in any case, so
// that a command that died in between has done what counts.
void cancel_occurrences(Ledger& ledger, const MailingKey& series, const std::string& reason,
                        WallTime now) {
    for (const MailingKey& one : planned_occurrences(&ledger, series.campaign)) {
        if (ledger.control(one).control == Control::kCancelled) continue;
        if (ledger.counts(one).finished()) continue;
        ledger.set_control(one, Control::kCancelled, reason, now);
    }
}

ExitCode set(Control control, const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    const MailingKey mailing = mailing_to_control(invocation, workspace, options.campaign,
                                                  open_ledger_to_look(workspace).get());
    const std::string name = mailing.shown();
    Console& console = invocation.console;
    if (control == Control::kCancelled && console.interactive() &&
        !console.confirm("Cancel " + name + "? Nobody else will get it, ever.")) {
        throw Refused("not confirmed: " + name + " goes on");
    }
    auto ledger = ledger_for(invocation, workspace);
    if (!mailing.occurrence.empty()) refuse_cancelled(*ledger, mailing);
    ledger->set_control(mailing, control, options.reason, invocation.clock.now());
    if (control == Control::kCancelled && mailing.occurrence.empty()) {
        cancel_occurrences(*ledger, mailing, options.reason, invocation.clock.now());
    }
    if (!console.quiet()) console.out(done(control, *ledger, mailing));
    return ExitCode::kOk;
}

Command add(CLI::App& app, const char* name, const char* help, Control control) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(name, help);
    take_mailing(*command, options->campaign)->required();
    command->add_option("--reason", options->reason, "Why, for those who ask")->type_name("TEXT");
    return {command, [=](Invocation& invocation) { return set(control, *options, invocation); }};
}

}  // namespace

Command add_hold(CLI::App& app) {
    return add(app, "hold", "Stop a campaign; a running send obeys before its next mail",
               Control::kHeld);
}

Command add_release(CLI::App& app) {
    return add(app, "release", "Let a held campaign go on", Control::kOpen);
}

Command add_cancel(CLI::App& app) {
    return add(app, "cancel", "End a campaign for good", Control::kCancelled);
}

}  // namespace tocsin
