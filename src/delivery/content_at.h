// A campaign's content as an earlier revision has it.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "campaign/git_revision.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// Campaign file, tocsin.yaml, templates and attachments of the revision. Lists are in no
// repository, and are not read. Throws MissingInput where the campaign's file is not in it. What
// is wrong with the files goes to `findings`; nothing is returned then.
std::optional<Content> content_at(const GitRevision& revision, const Workspace& workspace,
                                  const std::string& campaign_file, Findings& findings);

}  // namespace tocsin
