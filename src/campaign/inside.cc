#include "campaign/inside.h"

#include <system_error>
#include <vector>

#include "base/text.h"
#include "campaign/quote.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

bool is_within(const fs::path& root, const fs::path& path) {
    auto relative = path.lexically_relative(root);
    return !relative.empty() && *relative.begin() != "..";
}

std::vector<std::string> names_in(const fs::path& folder) {
    constexpr std::size_t kMostNames = 2000;
    std::vector<std::string> names;
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end;
         !fault && entry != end && names.size() < kMostNames; entry.increment(fault)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

std::string nearest_file(const fs::path& root, const fs::path& relative) {
    std::string name =
        closest(relative.filename().string(), names_in(root / relative.parent_path()));
    if (name.empty()) return "";
    return "did you mean " + in_backquotes((relative.parent_path() / name).string()) + "?";
}

}  // namespace

Fence workspace_fence(const fs::path& root) {
    return {root, "the workspace"};
}

Fence template_fence(const fs::path& root) {
    std::error_code ignored;
    fs::path folder = fs::weakly_canonical(root / "templates", ignored);
    return {folder.empty() ? root / "templates" : folder, "templates/"};
}

std::string fault_of_path(const Fence& fence, std::string_view written) {
    fs::path path(written);
    if (path.is_absolute()) return "must be relative to " + fence.name;
    fs::path normal = path.lexically_normal();
    if (normal.empty() || *normal.begin() == "..") return "leads out of " + fence.name;
    std::error_code fault;
    fs::path real = fs::weakly_canonical(fence.root / normal, fault);
    if (fault) return "cannot be followed: " + fault.message();
    return is_within(fence.root, real) ? "" : "leads out of " + fence.name + " by a symbolic link";
}

std::optional<Located> read_path(const Node& node, const Fence& fence) {
    auto path = node.line();
    if (!path) return std::nullopt;
    std::string fault = fault_of_path(fence, path->text);
    if (!fault.empty()) {
        node.error("path-outside", node.name() + " " + fault);
        return std::nullopt;
    }
    path->text = fs::path(path->text).lexically_normal().string();
    return path;
}

bool check_input_file(const Node& node, const Located& path, const Fence& fence) {
    std::error_code ignored;
    fs::file_status status = fs::status(fence.root / path.text, ignored);
    if (fs::is_regular_file(status)) return true;
    if (fs::exists(status)) {
        node.error("not-a-file", in_backquotes(path.text) + " is not a file");
    } else {
        node.error("missing-file",
                   "there is no file " + in_backquotes(path.text) + " in " + fence.name,
                   nearest_file(fence.root, path.text));
    }
    return false;
}

std::optional<Located> read_input_path(const Node& node, const Fence& fence) {
    auto path = read_path(node, fence);
    return path && check_input_file(node, *path, fence) ? path : std::nullopt;
}

}  // namespace tocsin
