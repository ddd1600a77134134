// Reads one entry of `transports` in tocsin.yaml.
#pragma once

#include <filesystem>
#include <optional>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// Nothing where the type is not known; settings that are wrong keep their defaults.
std::optional<TransportSettings> read_transport(const Node& node,
                                                const std::filesystem::path& root);

// The name of a transport that the workspace has.
std::optional<Located> read_transport_name(const Node& node, const Workspace& workspace);

}  // namespace tocsin
