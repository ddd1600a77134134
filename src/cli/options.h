// Options that several commands take, with one wording.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "preview/sample.h"

namespace tocsin {

// The campaign that a command is about.
void take_campaign(CLI::App& command, std::string& campaign);
// The same, or one of its occurrences (cli/mailing.h).
CLI::Option* take_mailing(CLI::App& command, std::string& mailing);

// Whose mail: --as and --sample.
struct SampleOptions {
    std::vector<std::string> as;
    std::optional<std::size_t> sample;

    void take(CLI::App& command);
    // `otherwise` many where neither option was given; without a number, as many as tell something.
    // Throws UsageError for what is no address.
    SampleRequest request(std::optional<std::size_t> otherwise) const;
};

}  // namespace tocsin
