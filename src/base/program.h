// Runs another program for what it prints: by its arguments, never through a shell, within bounds.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace tocsin {

struct ProgramLimits {
    Milliseconds timeout = std::chrono::seconds(60);
    std::size_t most = 4u << 20;     // bytes of output
    std::filesystem::path folder{};  // it runs there; empty: here
    // Names and values, beside our own environment or in place of what it has.
    std::vector<std::pair<std::string, std::string>> environment{};
};

struct ProgramRun {
    enum class End {
        kDone,     // it ended by itself, with `status`
        kMissing,  // there is no such program in PATH
        kTimeout,
        kTooMuch,  // output
    };
    End end = End::kDone;
    int status = 0;      // of the exit; 128 + the signal that ended it
    std::string out{};   // standard output
    std::string said{};  // the beginning of standard error
};

// `words`: the program's name and its arguments. Where it is stopped, what it started is stopped
// too, as far as it stayed in its process group. Throws std::system_error where it cannot be
// started for another reason than that it is missing.
ProgramRun run_program(const std::vector<std::string>& words, const std::string& input,
                       const ProgramLimits& limits = {});

}  // namespace tocsin
