// Reads who is told what of sends that nobody watches: `notify` and `witness` of tocsin.yaml.
#pragma once

#include <filesystem>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// `workspace` has its transports already. A mail goes by its default, unless it names another;
// `names_default` says whether one is written, with a fault perhaps.
NotifySettings read_notify(const Node& node, const Workspace& workspace, bool names_default);

// A path, from `root` or absolute; a text with a blank in it is a command.
WitnessSettings read_witness(const Node& node, const std::filesystem::path& root);

}  // namespace tocsin
