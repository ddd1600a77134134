// `tocsin suppress add|remove|list|import|export`: who must not be mailed.
#include <algorithm>
#include <span>

#include "audience/suppression_csv.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/addresses.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/open_ledger.h"
#include "mail/address_names.h"

namespace tocsin {
namespace {

constexpr int kLongestPause = 3650;  // days

struct Options {
    std::vector<std::string> addresses;
    std::string scope;
    std::string reason;
    int pause = 0;  // days
    std::filesystem::path file;
};

std::string counted_entries(std::size_t count) {
    return grouped(count) + (count == 1 ? " entry" : " entries");
}

std::string scope_or_all(const std::string& scope) {
    return scope.empty() ? kEverything : scope;
}

void say(Invocation& invocation, const std::string& text) {
    if (!invocation.console.quiet()) invocation.console.out(text + "\n");
}

// A key, or a hash as `list` shows it.
std::string parse_name(const std::string& given) {
    return is_well_formed_name(given) ? given : parse_address(given, "ADDRESS").key();
}

// What `export` could not write as a line of its own.
void refuse_control(const std::string& text, const char* option) {
    if (!has_control(text)) return;
    throw UsageError(std::string(option) + " holds a line end or another control character");
}

// Without what is said of one address.
Suppression entry_asked_for(const Options& options, WallTime now) {
    refuse_control(options.scope, "--scope");
    refuse_control(options.reason, "--reason");
    Suppression entry{"", scope_or_all(options.scope), options.reason, "command line", now, ""};
    if (options.pause > 0) entry.until = now + std::chrono::days(options.pause);
    if (entry.reason.empty()) entry.reason = entry.until ? "pause" : "manual";
    return entry;
}

ExitCode add(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    std::vector<Suppression> entries;
    for (const Mailbox& address : parse_addresses(options.addresses, "ADDRESS")) {
        entries.push_back(entry_asked_for(options, invocation.clock.now()));
        entries.back().address = address.key();
    }
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    std::size_t added = opened.ledger->suppress(entries);
    say(invocation,
        counted_entries(added) + " added, " + grouped(entries.size() - added) + " known before");
    return ExitCode::kOk;
}

ExitCode remove(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    std::vector<std::string> names;
    for (const std::string& given : options.addresses) names.push_back(parse_name(given));
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    std::size_t lifted = 0;
    for (const std::string& name : names) {
        lifted += opened.ledger->unsuppress({name, options.scope}, "command line",
                                            invocation.clock.now());
    }
    say(invocation, counted_entries(lifted) + " lifted");
    return ExitCode::kOk;
}

// Those that block somebody now: a pause that is over is in the history (`explain`) only.
std::vector<Suppression> entries_of(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    SuppressionFilter filter{"", options.scope};
    if (!options.addresses.empty()) filter.address = parse_name(options.addresses.front());
    std::vector<Suppression> entries;
    auto ledger =
        filter.address.empty() ? open_ledger_to_look(workspace) : open_ledger_to_find(workspace);
    if (!ledger) return entries;
    const WallTime now = invocation.clock.now();
    ledger->for_each_suppression(filter, [&](const Suppression& entry) {
        if (!entry.until || *entry.until > now) entries.push_back(entry);
    });
    return entries;
}

std::string line_of(const Suppression& entry) {
    return entry.address + "  " + entry.scope + "  " + entry.reason + "  " + iso8601(entry.time) +
           "  " + entry.source + (entry.until ? "  until " + iso8601(*entry.until) : "") + "\n";
}

ExitCode list(const Options& options, Invocation& invocation) {
    std::vector<Suppression> entries = entries_of(options, invocation);
    if (invocation.globals.json) {
        nlohmann::ordered_json out = nlohmann::ordered_json::array();
        for (const Suppression& entry : entries) out.push_back(json_of(entry));
        invocation.console.out(one_line(out));
        return ExitCode::kOk;
    }
    for (const Suppression& entry : entries) invocation.console.out(line_of(entry));
    return ExitCode::kOk;
}

// Nobody would notice that they block nobody.
void refuse_foreign(std::span<const Suppression> entries, const AddressNames& names) {
    auto foreign = std::count_if(entries.begin(), entries.end(), [&](const Suppression& entry) {
        return is_hashed_name(entry.address) && !names.knows(entry.address);
    });
    if (foreign == 0) return;
    throw Error(ExitCode::kBadInput,
                counted_entries(static_cast<std::size_t>(foreign)) +
                    " of the file: hashes under another key, which would block nobody here",
                "nothing was imported; hashes count only where the key is that made them "
                "(docs/suppression.md)");
}

ExitCode import(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    Findings findings;
    auto read = read_suppressions(options.file, invocation.clock.now(), findings);
    report_findings(invocation, findings);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    refuse_foreign(read, *opened.names);
    std::size_t added = opened.ledger->suppress(read);
    say(invocation,
        counted_entries(added) + " imported, " + grouped(read.size() - added) + " known before");
    return ExitCode::kOk;
}

ExitCode export_(const Options& options, Invocation& invocation) {
    std::string csv = write_suppressions(entries_of(options, invocation));
    if (options.file.empty() || options.file == "-") {
        invocation.console.out(csv);
    } else {
        replace_file(options.file, csv);
    }
    return ExitCode::kOk;
}

using Shared = std::shared_ptr<Options>;
using Run = ExitCode (*)(const Options&, Invocation&);

Command command(CLI::App* app, const Shared& options, Run run) {
    return {app, [=](Invocation& invocation) { return run(*options, invocation); }};
}

void take_addresses(CLI::App* app, const Shared& options, bool required) {
    app->add_option("address", options->addresses, "Whom")
        ->type_name("ADDRESS")
        ->required(required);
}

void take_scope(CLI::App* app, const Shared& options, const char* help) {
    app->add_option("--scope", options->scope, help)->type_name("LIST");
}

Command add_add(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("add", "Do not mail these addresses any more");
    take_addresses(app, options, true);
    take_scope(app, options, "Only this list; default: everything");
    app->add_option("--reason", options->reason, "Why; default: manual, or pause")
        ->type_name("TEXT");
    app->add_option("--pause", options->pause, "Only for so many days; never shortens an entry")
        ->type_name("DAYS")
        ->check(CLI::Range(1, kLongestPause));
    return command(app, options, add);
}

Command add_remove(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("remove", "Lift entries; the history keeps that");
    take_addresses(app, options, true);
    take_scope(app, options, "Only the entry of this list, or of `all`; default: every entry");
    return command(app, options, remove);
}

Command add_list(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("list", "Show the entries");
    take_addresses(app, options, false);
    take_scope(app, options, "Only entries of this list, or of `all`");
    return command(app, options, list);
}

Command add_import(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("import", "Add entries from a CSV file; lifts nothing");
    app->add_option("file", options->file, "CSV with the column `address` or `email`")
        ->type_name("FILE")
        ->required();
    return command(app, options, import);
}

Command add_export(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("export", "Write the entries as CSV");
    app->add_option("file", options->file, "Default: standard output")->type_name("FILE");
    take_scope(app, options, "Only entries of this list, or of `all`");
    return command(app, options, export_);
}

}  // namespace

std::vector<Command> add_suppress(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("suppress", "The list of those who must not be mailed");
    parent->require_subcommand(1);
    return {add_add(*parent),          add_remove(*parent), add_list(*parent),
            add_import(*parent),       add_export(*parent), add_suppress_pull(*parent),
            add_suppress_undo(*parent)};
}

}  // namespace tocsin
