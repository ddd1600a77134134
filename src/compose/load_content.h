// Reads what a campaign file names (templates, the partials they reach, attachments) into one
// `Content`.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// All syntax errors of all templates go to `findings`; nothing is returned if there were any.
std::optional<Content> load_content(const Workspace& workspace, const Campaign& campaign,
                                    Findings& findings);

}  // namespace tocsin
