#include "cli/run.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <system_error>

#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"

namespace tocsin {
namespace {

constexpr char kVersion[] = "tocsin " TOCSIN_VERSION;

constexpr char kFooter[] =
    "Exit codes: 0 done, 3 done with recipients in doubt, 64 usage, 65 bad campaign, list or "
    "template,\n"
    "66 missing file, 69 server cannot be used, 74 ledger, 75 run again later, 77 refused or "
    "held,\n"
    "78 bad tocsin.yaml or secret. Start with `tocsin init`, then `tocsin check` and `tocsin "
    "preview`.";

void add_global_options(CLI::App& app, Globals& globals) {
    app.add_option("--config", globals.config, "The workspace's tocsin.yaml")->type_name("FILE");
    app.add_flag("-q,--quiet", globals.quiet, "Say only what is wrong");
    app.add_flag("-v,--verbose", globals.verbose, "Log what is done, on stderr");
    app.add_flag("--json", globals.json, "Print a result that programs can read");
    app.add_flag("--new-ledger", globals.new_ledger,
                 "Accept another ledger or key than tocsin.lock names");
}

void apply(const Globals& globals, Console& console) {
    console.set_quiet(globals.quiet);
    if (globals.quiet) set_log_level(LogLevel::kQuiet);
    if (globals.verbose) set_log_level(LogLevel::kVerbose);
}

int code(ExitCode exit) {
    return static_cast<int>(exit);
}

// What the parser found, in words that name what was typed.
std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
    bool needs_command = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    std::vector<std::string> left = app.remaining(true);
    if (!needs_command || left.empty() || left.front().starts_with('-')) return error.what();
    return "there is no command `" + printable(left.front()) + "`";
}

// The parser's own complaints and its --help and --version.
int finish_parse(const CLI::App& app, const CLI::ParseError& error, Console& console) {
    if (dynamic_cast<const CLI::CallForHelp*>(&error) != nullptr) {
        const CLI::App* chosen = &app;
        while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
        console.out(chosen->help());
        return code(ExitCode::kOk);
    }
    if (dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr) {
        console.out(std::string(kVersion) + "\n");
        return code(ExitCode::kOk);
    }
    console.err("tocsin: " + complaint(app, error) + "\n  hint: `tocsin --help` shows how\n");
    return code(ExitCode::kUsage);
}

int run_action(const Command& command, Invocation& invocation) {
    Console& console = invocation.console;
    try {
        return code(command.action(invocation));
    } catch (const Reported& reported) {
        return code(reported.code());
    } catch (const Error& error) {
        console.print(error);
        return code(error.code());
    } catch (const std::system_error& error) {
        console.err("tocsin: " + std::string(error.what()) + "\n");
        return code(ExitCode::kLedger);
    } catch (const std::exception& error) {
        console.print_fault(error);
        return code(ExitCode::kSoftware);
    }
}

const Command* chosen_command(const std::vector<Command>& commands) {
    auto chosen = std::find_if(commands.begin(), commands.end(),
                               [](const Command& command) { return command.app->parsed(); });
    return chosen == commands.end() ? nullptr : &*chosen;
}

}  // namespace

int run(int argc, char** argv, const Clock& clock) {
    std::signal(SIGPIPE, SIG_IGN);
    Console console;
    Globals globals;
    CLI::App app{"Personalised campaign mail: checked, previewed, sent once to everybody.",
                 "tocsin"};
    app.footer(kFooter);
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(1);
    app.fallthrough();
    add_global_options(app, globals);
    std::vector<Command> commands = add_commands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return finish_parse(app, error, console);
    }
    apply(globals, console);
    Invocation invocation{globals, console, clock};
    return run_action(*chosen_command(commands), invocation);
}

int run(int argc, char** argv) {
    return run(argc, argv, SystemClock());
}

}  // namespace tocsin
