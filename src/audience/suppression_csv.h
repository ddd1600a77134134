// Suppressions as CSV: what `suppress import` reads and `suppress export` writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/suppression.h"

namespace tocsin {

// Columns: `address` (or `email`), and if they are there `scope`, `reason`, `source`, `time` (ISO
// 8601), `campaign`, `until` (the end of a pause) and `hash`; others are ignored. An empty or
// missing scope is `all`. Where a row has no address, its `hash` counts: a name of
// mail/address_names.h, which means something in the workspace that exported it only. Bad rows are
// findings. Nothing may be imported where there were errors: the entry that could not be read is
// somebody who would be mailed.
std::vector<Suppression> read_suppressions(const std::filesystem::path& file, WallTime now,
                                           Findings& findings);

std::string write_suppressions(const std::vector<Suppression>& entries);

}  // namespace tocsin
