// Runs another program for what it prints: by its arguments, never through a shell.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tocsin {

struct ProgramOutput {
    std::string text;  // standard output, as it came
    int status = 0;    // of the exit; 127: there is no such program; 128 + the signal that ended it
    bool too_long = false;
};

// `arguments[0]` is looked for in PATH. It runs in `folder`, with nothing to read, and its standard
// error goes nowhere: whoever calls says what is wrong in the user's terms. Reading stops after
// `most` bytes. Throws std::system_error where it cannot be started for another reason than that
// there is none.
ProgramOutput run_program(const std::vector<std::string>& arguments,
                          const std::filesystem::path& folder, std::size_t most);

}  // namespace tocsin
