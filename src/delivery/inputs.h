// Which files a plan was made from, so that a later run can say what has changed since, cheaply: by
// inode, size and time first, by content only where those differ.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

struct InputFile {
    std::string role;  // "campaign", "settings", "template", "list", "exclusion", "attachment"
    std::string path;  // relative to the workspace
    FileStamp stamp;
    std::string sha256;  // hex
};

using Inputs = std::vector<InputFile>;

// Reads and hashes them all, as they are now.
Inputs inputs_of(const Workspace& workspace, const Campaign& campaign, const Content& content);

std::string serialise(const Inputs& inputs);
// Throws LedgerError where the bytes are not `serialise`'s.
Inputs parse_inputs(std::string_view bytes);

// The files whose bytes are not what they were, missing ones included, in their old order.
std::vector<InputFile> changed(const Workspace& workspace, const Inputs& then);

// The hex SHA-256 of a file of any size, or empty where it cannot be read.
std::string hash_of_file(const std::filesystem::path& file);

}  // namespace tocsin
