// The campaign files of a folder, each by itself: one that is broken does not hold the others.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/workspace.h"

namespace tocsin {

struct CampaignFile {
    std::filesystem::path path;
    std::string shown;                 // as messages name it
    std::optional<Campaign> campaign;  // absent where the findings hold errors
    Findings findings;
};

// All of the folder and the folders in it, by path. Two files with one id are errors of both: which
// of them is meant is not for `due` to guess.
std::vector<CampaignFile> read_campaign_files(const Workspace& workspace,
                                              const std::filesystem::path& folder);

}  // namespace tocsin
