// Writes a preview: one .eml for each chosen recipient and a page that shows them all.
#pragma once

#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "compose/composer.h"
#include "model/content.h"
#include "model/recipient.h"

namespace tocsin {

// Makes `folder` (0700) and writes into it; files of an earlier preview there are replaced, others
// stay. Returns the page.
std::filesystem::path write_preview(const std::filesystem::path& folder, const Content& content,
                                    Composer& composer, const std::vector<Recipient>& recipients,
                                    WallTime now);

}  // namespace tocsin
