// `tocsin suppress undo`: takes back what servers' replies put onto the suppression list.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::string since;
    std::string until;
};

std::optional<WallTime> parse_time(const std::string& given, const char* option) {
    if (given.empty()) return std::nullopt;
    bool is_day = given.find('T') == std::string::npos;
    auto time = parse_iso8601(is_day ? given + "T00:00:00Z" : given);
    if (time) return time;
    throw UsageError(std::string(option) + ": `" + printable(given) + "` is no time",
                     "times are UTC: 2026-11-23 or 2026-11-23T19:00:00Z");
}

ExitCode undo(const Options& options, Invocation& invocation) {
    if (options.campaign.empty() && options.since.empty())
        throw UsageError("say which entries: --campaign ID, or --since TIME");
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_find(workspace);
    ReplyFilter filter{"", parse_time(options.since, "--since"),
                       parse_time(options.until, "--until")};
    if (!options.campaign.empty())
        filter.campaign = known_campaign_id(invocation, workspace, options.campaign, ledger.get());
    std::size_t undone =
        ledger ? ledger->undo_suppressions(filter, "command line", invocation.clock.now()) : 0;
    if (!invocation.console.quiet()) {
        invocation.console.out(grouped(undone) + (undone == 1 ? " entry" : " entries") +
                               " that replies gave taken back\n");
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_suppress_undo(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand(
        "undo", "Take back entries that servers' replies gave; no unsubscribe, no complaint");
    app->add_option("--campaign", options->campaign, "Those of this campaign")
        ->type_name("CAMPAIGN");
    auto* since =
        app->add_option("--since", options->since, "Those of replies at that time or later")
            ->type_name("TIME");
    app->add_option("--until", options->until, "... and before this one")
        ->type_name("TIME")
        ->needs(since);
    return {app, [options](Invocation& invocation) { return undo(*options, invocation); }};
}

}  // namespace tocsin
