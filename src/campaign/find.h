// Finds tocsin.yaml and the campaign a user means.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/workspace.h"

namespace tocsin {

// tocsin.yaml in the current folder, or `given` (--config). Throws ConfigError where there is none.
std::filesystem::path find_config(const std::filesystem::path& given);

// Every .yaml and .yml below the folder, by path; none where it cannot be read.
std::vector<std::filesystem::path> campaign_files(const std::filesystem::path& folder);

// CAMPAIGN of the command line: a path to a file, or an id, which is looked for in
// campaigns/**.yaml. Throws MissingInput
// ("no campaign has the id x; did you mean y?"), and UsageError where two files have that id.
std::filesystem::path find_campaign(const Workspace& workspace, const std::string& given);

// The ids of the files in campaigns/**.yaml, sorted; a file that tells none is left out.
std::vector<std::string> campaign_ids(const Workspace& workspace);

}  // namespace tocsin
