// `tocsin ledger backup|adopt`: copies of the ledger, and which of them counts.
#include <filesystem>
#include <unistd.h>

#include "base/error.h"
#include "base/machine.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/adopt_ledger.h"
#include "delivery/open_ledger.h"
#include "ledger/sqlite/backup.h"

namespace tocsin {
namespace {

struct Options {
    std::filesystem::path file;
    bool yes = false;
};

ExitCode back_up(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    if (!open_ledger_to_look(workspace)) {
        throw LedgerError("there is no ledger yet at " + workspace.shown(workspace.ledger));
    }
    const WallTime now = invocation.clock.now();
    back_up_ledger(workspace.ledger, options.file, now);
    const std::uintmax_t bytes = std::filesystem::file_size(options.file);
    Console& console = invocation.console;
    if (invocation.globals.json) {
        console.out(
            one_line({{"file", options.file.string()}, {"time", iso8601(now)}, {"bytes", bytes}}));
    } else if (!console.quiet()) {
        console.out(workspace.shown(workspace.ledger) + " copied to " + options.file.string() +
                    ": " + grouped(bytes) + " bytes\n");
    }
    return ExitCode::kOk;
}

std::string what_was_found(const Adoption& found) {
    std::string text;
    if (!found.marks.backup.empty()) text += "  it is a backup of " + found.marks.backup + "\n";
    if (!found.marks.other_machine.empty()) {
        text += "  it was last used on " + found.marks.other_machine + "\n";
    }
    if (found.older) text += "  its witness knows a newer copy, or nothing of it any more\n";
    return text.empty() ? "  nothing was found to say against it\n" : text;
}

constexpr char kMeaning[] =
    "From now on it would count, on this machine; nothing may send from another copy any more.\n"
    "Who was mailed by a newer copy is not known to it: what is not finished will be held.\n";

void confirm(Invocation& invocation, const Options& options, const std::string& shown,
             const Adoption& found) {
    Console& console = invocation.console;
    if (!console.quiet()) console.err(shown + ":\n" + what_was_found(found) + kMeaning);
    if (options.yes) return;
    if (!console.interactive()) {
        throw Refused("not confirmed: there is no terminal to ask at", "--yes says yes");
    }
    if (!console.confirm("Adopt it?")) throw Refused("not confirmed: nothing was changed");
}

std::size_t left(const Counts& counts) {
    return counts.of(State::kPlanned) + counts.of(State::kDeferred);
}

std::string held_line(const MailingKey& mailing, const Counts& counts) {
    std::string id = printable(mailing.shown());
    std::string doubt = counts.of(State::kInDoubt) == 0
                            ? ""
                            : ", " + grouped(counts.of(State::kInDoubt)) + " in doubt";
    return "  held: " + id + ", " + grouped(left(counts)) + " of " + grouped(counts.total) +
           " still to be mailed" + doubt + "\n";
}

// What to look at.
std::string advice(const Adoption& adoption) {
    std::string text;
    if (!adoption.held.empty() || !adoption.unplanned.empty()) {
        text +=
            "Look at each with `tocsin status ID`; `tocsin release ID` lets it go on, `tocsin "
            "cancel ID` ends it.\n";
    }
    if (adoption.in_doubt > 0) text += "`tocsin resolve ID` shows who is in doubt.\n";
    if (!adoption.lacks()) return text;
    return text +
           "Unsubscribes, bounces and complaints since then are not in it either: `tocsin suppress "
           "pull --all`,\n`tocsin inbound` and your providers' lists bring them back.\n";
}

std::string text_of(const Adoption& adoption, Ledger& ledger) {
    std::string text;
    for (const MailingKey& mailing : adoption.held) {
        text += held_line(mailing, ledger.counts(mailing));
    }
    for (const std::string& id : adoption.unplanned) {
        text += "  held: " + printable(id) +
                ", which it has no plan of: was it planned and sent meanwhile?\n";
    }
    return text + advice(adoption);
}

nlohmann::ordered_json or_null(const std::string& text) {
    return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

nlohmann::ordered_json json_of(const Adoption& adoption) {
    nlohmann::ordered_json held = nlohmann::ordered_json::array();
    for (const MailingKey& mailing : adoption.held) held.push_back(mailing.shown());
    return {{"backup", or_null(adoption.marks.backup)},
            {"machine", or_null(adoption.marks.other_machine)},
            {"older", adoption.older},
            {"held", std::move(held)},
            {"held_without_plan", adoption.unplanned},
            {"in_doubt", adoption.in_doubt}};
}

ExitCode adopt(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    const std::string shown = workspace.shown(workspace.ledger);
    if (!std::filesystem::exists(workspace.ledger)) {
        throw LedgerError("there is no ledger at " + shown, "put it there first");
    }
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kAdopt);
    Ledger& ledger = *opened.ledger;
    confirm(invocation, options, shown, look_at_ledger(workspace, ledger));
    Adoption adoption = adopt_ledger(workspace, ledger,
                                     "process " + std::to_string(::getpid()) + " on " + host_name(),
                                     invocation.clock.now());
    if (invocation.globals.json) {
        invocation.console.out(one_line(json_of(adoption)));
    } else if (!invocation.console.quiet()) {
        invocation.console.out("adopted " + shown + "\n" + text_of(adoption, ledger));
    }
    return ExitCode::kOk;
}

Command add_backup(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app =
        parent.add_subcommand("backup", "Copy it while it is in use; never over another file");
    app->add_option("file", options->file, "Where to")->type_name("FILE")->required();
    return {app, [=](Invocation& invocation) { return back_up(*options, invocation); }};
}

Command add_adopt(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand(
        "adopt", "Accept a moved, restored or older ledger; what is not finished is held");
    app->add_flag("--yes", options->yes, "Do not ask");
    return {app, [=](Invocation& invocation) { return adopt(*options, invocation); }};
}

}  // namespace

std::vector<Command> add_ledger(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("ledger", "Copies of the ledger, and which one counts");
    parent->require_subcommand(1);
    return {add_backup(*parent), add_adopt(*parent)};
}

}  // namespace tocsin
