// The name of a template: a file in templates/, subfolders allowed.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "campaign/node.h"

namespace tocsin {

// `extension` is ".html.mustache" or ".txt.mustache". The text returned is relative to templates/.
std::optional<Located> read_template_name(const Node& node, const std::filesystem::path& root,
                                          std::string_view extension);

}  // namespace tocsin
