#include "cli/campaign_folder.h"

#include <system_error>

#include "base/error.h"

namespace fs = std::filesystem;

namespace tocsin {

fs::path campaign_folder(const Workspace& workspace, const fs::path& given) {
    std::error_code unknown;
    const fs::path inside = workspace.root / (given.empty() ? "campaigns" : given);
    const bool is_here = !given.empty() && fs::is_directory(given, unknown);
    const fs::path folder = is_here ? given : inside;
    if (fs::is_directory(folder, unknown)) return fs::canonical(folder);
    throw MissingInput("there is no folder " + folder.string());
}

}  // namespace tocsin
