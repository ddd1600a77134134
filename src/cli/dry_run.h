// `tocsin send --dry-run`: what would be sent, without sending, planning or recording.
#pragma once

#include <filesystem>
#include <string>

#include "cli/command.h"
#include "delivery/survey.h"

namespace tocsin {

// Renders everybody; with `out`, writes every mail there as NNNNNN.eml, with links that suppress
// nobody.
ExitCode dry_run(Invocation& invocation, const std::string& campaign, const SurveyOptions& options,
                 const std::filesystem::path& out);

}  // namespace tocsin
