// `tocsin hold`, `release`, `cancel`: what a running send obeys before its next message.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/options.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::string reason;
};

std::string done(Control control, const std::string& id) {
    switch (control) {
        case Control::kHeld:
            return id + " is held; `tocsin release " + id + "` lets it go on\n";
        case Control::kOpen:
            return id + " may go on; `tocsin send " + id + "` sends what is left\n";
        case Control::kCancelled:
            return id + " is cancelled for good\n";
    }
    return {};
}

// A brake must work where a key is lost: none is read, unless a ledger must be made first.
std::unique_ptr<Ledger> ledger_for(Invocation& invocation, const Workspace& workspace) {
    const bool anew = invocation.globals.new_ledger;
    auto ledger = anew ? nullptr : open_ledger_to_look(workspace);
    return ledger ? std::move(ledger) : open_ledger(workspace, anew).ledger;
}

ExitCode set(Control control, const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    std::string id = known_campaign_id(invocation, workspace, options.campaign,
                                       open_ledger_to_look(workspace).get());
    Console& console = invocation.console;
    if (control == Control::kCancelled && console.interactive() &&
        !console.confirm("Cancel " + id + "? Nobody else will get it, ever.")) {
        throw Refused("not confirmed: " + id + " goes on");
    }
    ledger_for(invocation, workspace)
        ->set_control({id, ""}, control, options.reason, invocation.clock.now());
    if (!console.quiet()) console.out(done(control, id));
    return ExitCode::kOk;
}

Command add(CLI::App& app, const char* name, const char* help, Control control) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(name, help);
    take_campaign(*command, options->campaign);
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
