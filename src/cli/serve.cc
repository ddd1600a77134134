// `tocsin serve`: the pages behind `unsubscribe.url`, beside the ledger or on a machine without
// one, and beside the ledger the webhooks of providers.
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/serve_webhooks.h"
#include "cli/stop_signal.h"
#include "delivery/open_leave_book.h"
#include "delivery/open_ledger.h"
#include "unsubscribe/ledger_book.h"
#include "unsubscribe/proof.h"
#include "web/ledger_mail_view.h"
#include "web/listen_address.h"
#include "web/pull_answer.h"
#include "web/server.h"
#include "webhook/door.h"

namespace tocsin {
namespace {

struct Options {
    std::string listen = "127.0.0.1:8080";
    bool standalone = false;
    StandaloneOptions parts;
};

// Until a signal ends it.
ExitCode serve(Descriptor listener, const Workspace& workspace, const DeskParts& parts,
               Invocation& invocation) {
    StopSignal signal;
    Pages pages(workspace);
    Metrics metrics;
    Desk desk(parts, pages, metrics);
    const std::string where = url_of(listener);
    WebServer server(std::move(listener), ServeLimits{}, desk);
    if (!invocation.console.quiet()) {
        invocation.console.out("serving at " + where + ", Ctrl-C ends it\n");
    }
    server.serve_until(StopSignal::raised());
    return ExitCode::kOk;
}

ExitCode serve_ledger(Descriptor listener, const Workspace& workspace, Invocation& invocation) {
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    LedgerBook book(std::move(opened.ledger), opened.keys, invocation.clock);
    LedgerMailView view(open_ledger_to_look(workspace), opened.keys);
    ProviderDoor webhooks(webhook_accounts(workspace),
                          open_ledger(workspace, false, LedgerUse::kRecord).ledger, opened.keys,
                          invocation.clock);
    return serve(std::move(listener), workspace,
                 {opened.keys, book, &view, {}, kServesLedger, invocation.clock, &webhooks},
                 invocation);
}

// With secrets of its own it needs no tocsin.yaml, but takes names and colours from one.
Workspace workspace_of(const Options& options, Invocation& invocation) {
    const bool none = options.standalone && invocation.globals.config.empty() &&
                      !std::filesystem::exists("tocsin.yaml");
    if (!none) return load_workspace(invocation);
    if (options.parts.secrets.empty()) {
        throw ConfigError("there is no tocsin.yaml in this folder",
                          "with `--secret FILE`, `serve --standalone` needs none");
    }
    Workspace workspace;
    workspace.root = std::filesystem::current_path();
    return workspace;
}

ExitCode serve_standalone(Descriptor listener, const Workspace& workspace, const Options& options,
                          Invocation& invocation) {
    OpenedBook opened = open_standalone_book(workspace, options.parts, invocation.clock);
    Pull pull = [&](const WebRequest& request) { return answer_pull(*opened.pulls, request); };
    return serve(std::move(listener), workspace,
                 {*opened.keys, *opened.book, nullptr, pull, kServesStandalone, invocation.clock},
                 invocation);
}

ExitCode run(const Options& options, Invocation& invocation) {
    ListenAddress address = parse_listen_address(options.listen);
    Workspace workspace = workspace_of(options, invocation);
    Descriptor listener = listen_at(address);
    return options.standalone
               ? serve_standalone(std::move(listener), workspace, options, invocation)
               : serve_ledger(std::move(listener), workspace, invocation);
}

}  // namespace

Command add_serve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("serve", "Answer unsubscribe links and providers' webhooks");
    command->add_option("--listen", options->listen, "Where; default 127.0.0.1:8080")
        ->type_name("ADDR:PORT");
    auto* standalone = command->add_flag(
        "--standalone", options->standalone,
        "Without a ledger: keep what people choose in a file, for `suppress pull`");
    command
        ->add_option("--secret", options->parts.secrets,
                     "With --standalone: the secret instead of the workspace's; again for older "
                     "ones")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->needs(standalone);
    command
        ->add_option("--journal", options->parts.journal,
                     "With --standalone: the file; default state/unsubscribes.log")
        ->type_name("FILE")
        ->needs(standalone);
    return {command, [options](Invocation& invocation) { return run(*options, invocation); }};
}

}  // namespace tocsin
