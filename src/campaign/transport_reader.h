// Reads one entry of `transports` in tocsin.yaml.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// What is wrong keeps its default; a transport whose type is not known becomes a Maildir without a
// path.
TransportDefinition read_transport(const std::string& name, const Node& node,
                                   const std::filesystem::path& root);

// The name of a transport that the workspace has.
std::optional<Located> read_transport_name(const Node& node, const Workspace& workspace);

}  // namespace tocsin
