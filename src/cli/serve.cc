// `tocsin serve`: the pages behind `unsubscribe.url`, beside the ledger or on a machine without
// one.
#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/stop_signal.h"
#include "delivery/open_ledger.h"
#include "unsubscribe/journal_book.h"
#include "unsubscribe/ledger_book.h"
#include "unsubscribe/proof.h"
#include "web/ledger_mail_view.h"
#include "web/listen_address.h"
#include "web/pull_answer.h"
#include "web/server.h"

namespace tocsin {
namespace {

struct Options {
    std::string listen = "127.0.0.1:8080";
    bool standalone = false;
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
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    LedgerBook book(std::move(opened.ledger), opened.keys, invocation.clock);
    LedgerMailView view(open_ledger_to_look(workspace), opened.keys);
    return serve(std::move(listener), workspace,
                 {opened.keys, book, &view, {}, kServesLedger, invocation.clock}, invocation);
}

ExitCode serve_standalone(Descriptor listener, const Workspace& workspace, Invocation& invocation) {
    KeyRing keys = keys_to_look(workspace);
    JournalBook book(workspace.state() / "leavings", keys, invocation.clock);
    if (book.bad_lines() > 0) {
        log_warning(counted(book.bad_lines(), "line") + " of state/leavings cannot be read");
    }
    PullServer puller(keys, book, invocation.clock);
    Pull pull = [&](const WebRequest& request) { return answer_pull(puller, request); };
    return serve(std::move(listener), workspace,
                 {keys, book, nullptr, pull, kServesStandalone, invocation.clock}, invocation);
}

ExitCode run(const Options& options, Invocation& invocation) {
    ListenAddress address = parse_listen_address(options.listen);
    Workspace workspace = load_workspace(invocation);
    Descriptor listener = listen_at(address);
    return options.standalone ? serve_standalone(std::move(listener), workspace, invocation)
                              : serve_ledger(std::move(listener), workspace, invocation);
}

}  // namespace

Command add_serve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("serve", "Answer unsubscribe links: pages, one click");
    command->add_option("--listen", options->listen, "Where; default 127.0.0.1:8080")
        ->type_name("ADDR:PORT");
    command->add_flag("--standalone", options->standalone,
                      "Without a ledger: keep what people choose in state/leavings, for `suppress "
                      "pull`");
    return {command, [options](Invocation& invocation) { return run(*options, invocation); }};
}

}  // namespace tocsin
