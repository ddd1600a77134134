// Paths that campaign files and tocsin.yaml name: relative to the workspace, and never out of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "campaign/node.h"

namespace tocsin {

// A folder that paths may not leave.
struct Fence {
    std::filesystem::path root;  // canonical
    std::string name;            // for messages: "the workspace"
};

// What is wrong with `written` as a path inside `fence`, as in fields.h: absolute, out of it by
// `..`, or by a symbolic link. Need not exist.
std::string fault_of_path(const Fence& fence, std::string_view written);

// Reads a path inside `fence`, in lexically normal form; a fault is a finding "path-outside".
std::optional<Located> read_path(const Node& node, const Fence& fence);

// The same for a file that must be there: "missing-file" otherwise, with the name nearest to it.
// Whether `path` is a file; reported at `node` otherwise.
bool check_input_file(const Node& node, const Located& path, const Fence& fence);
std::optional<Located> read_input_path(const Node& node, const Fence& fence);

// The folder of tocsin.yaml, and the one that template names count from.
Fence workspace_fence(const std::filesystem::path& root);
Fence template_fence(const std::filesystem::path& root);

}  // namespace tocsin
