// Opens the lists that a campaign names.
#pragma once

#include <filesystem>
#include <vector>

#include "audience/list_file.h"
#include "audience/list_header.h"
#include "base/diagnostic.h"
#include "model/campaign.h"

namespace tocsin {

// The lists that could be opened and whose headers are right, in order. Everything else is an error
// finding: at the campaign's line where the file is at fault (missing-file, not-a-file,
// unreadable-file, repeated-list), in the list where its header is.
std::vector<ListFile> open_lists(const std::filesystem::path& root,
                                 const std::vector<Located>& paths, ListUse use,
                                 Findings& findings);

}  // namespace tocsin
