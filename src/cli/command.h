// What a command is: a subcommand of the parser and an action. Each file NAME.cc holds one and is
// listed in cli/commands.cc; cli/run.cc parses and runs the one that was named.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

#include "base/clock.h"
#include "base/error.h"
#include "cli/console.h"

namespace tocsin {

// Options that every command takes.
struct Globals {
    std::filesystem::path config;  // --config; empty: tocsin.yaml of the current folder
    bool quiet = false;
    bool verbose = false;
    bool json = false;
    bool new_ledger = false;
};

// What an action works with.
struct Invocation {
    const Globals& globals;
    Console& console;
    const Clock& clock;
};

using Action = std::function<ExitCode(Invocation&)>;

struct Command {
    CLI::App* app;
    Action action;
};

}  // namespace tocsin
