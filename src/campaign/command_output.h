// Runs a shell command for what it prints.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tocsin {

struct CommandOutput {
    std::string text;  // standard output, as it came
    int status = 0;    // of the exit; 128 + the signal that ended it
    bool too_long = false;
};

// `/bin/sh -c command` in `folder`. Standard input and error stay the user's, so that a password
// manager can ask. Reading stops after `most` bytes, and the command gets SIGPIPE.
// Throws std::system_error where it cannot be started.
CommandOutput run_command(const std::string& command, const std::filesystem::path& folder,
                          std::size_t most);

}  // namespace tocsin
