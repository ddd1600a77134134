// `tocsin suppress pull`: what people chose at a `serve --standalone` elsewhere, into the ledger.
#include "base/text.h"
#include "campaign/url.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/unsubscribe_watch.h"
#include "unsubscribe/ledger_book.h"
#include "unsubscribe/pull.h"

namespace tocsin {
namespace {

struct Options {
    std::string url;
    bool all = false;
};

std::string url_of(const Options& options, const Workspace& workspace) {
    const std::string& url = options.url.empty() ? workspace.unsubscribe.url : options.url;
    if (url.empty()) {
        throw UsageError("there is nowhere to pull from", "name a URL, or set `unsubscribe.url`");
    }
    if (std::string fault = fault_of_unsubscribe_url(url); !fault.empty()) {
        throw UsageError("`" + printable(url) + "` " + fault);
    }
    return url;
}

void report(Invocation& invocation, const PullCount& count) {
    if (invocation.globals.json) {
        nlohmann::ordered_json out = {{"pulled", count.records}, {"unknown", count.unknown}};
        return invocation.console.out(one_line(out));
    }
    if (invocation.console.quiet()) return;
    std::string unknown =
        count.unknown == 0 ? "" : ", " + grouped(count.unknown) + " that our keys did not make";
    invocation.console.out(counted(count.records, "choice") + " pulled" + unknown + "\n");
}

ExitCode pull(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    const std::string url = url_of(options, workspace);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    PullMemory memory = pull_memory(workspace, url, *opened.ledger, opened.keys);
    LedgerBook book(std::move(opened.ledger), opened.keys, invocation.clock);
    if (options.all) memory.keep({});
    report(invocation, pull_all({url, opened.keys, invocation.clock}, memory, book));
    return ExitCode::kOk;
}

}  // namespace

Command add_suppress_pull(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand(
        "pull", "Fetch what people chose at a `serve --standalone` elsewhere");
    app->add_option("url", options->url, "Where it is; default: `unsubscribe.url`")
        ->type_name("URL");
    app->add_flag("--all", options->all, "From its beginning, not from where the last one ended");
    return {app, [options](Invocation& invocation) { return pull(*options, invocation); }};
}

}  // namespace tocsin
