// Reads where a secret comes from: {env: …}, {file: …} or {command: …}, never a literal.
#pragma once

#include <filesystem>
#include <optional>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

std::optional<SecretSource> read_secret_source(const Node& node, const std::filesystem::path& root);

}  // namespace tocsin
