// Reads the keys that sign mail: `dkim: [{domain: …, selector: …, key: {file: …}}]`.
#pragma once

#include <filesystem>
#include <vector>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// Without those that are wrong. Domain and selector in lower case; each pair once.
std::vector<DkimKey> read_dkim(const Node& node, const std::filesystem::path& root);

}  // namespace tocsin
