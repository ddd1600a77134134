// Where `due` and `schedule` look for campaign files.
#pragma once

#include <filesystem>

#include "model/workspace.h"

namespace tocsin {

// What --campaigns names, from here or from the workspace; or where nothing is given, campaigns/ of
// the workspace. Throws MissingInput.
std::filesystem::path campaign_folder(const Workspace& workspace,
                                      const std::filesystem::path& given);

}  // namespace tocsin
