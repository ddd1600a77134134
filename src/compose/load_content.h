// Reads what a campaign file names (templates, the partials they reach, attachments) into one
// `Content`.
#pragma once

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// All syntax errors of all templates go to `findings`. Where there were any, the content is what
// could be read, to find more errors in; it is not to be acted on.
Content load_content(const Workspace& workspace, const Campaign& campaign, Findings& findings);

}  // namespace tocsin
