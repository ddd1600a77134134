#include "model/workspace.h"

namespace tocsin {

std::string Workspace::shown(const std::filesystem::path& path) const {
    auto relative = path.lexically_relative(root);
    bool inside = !relative.empty() && *relative.begin() != "..";
    return inside ? relative.string() : path.string();
}

}  // namespace tocsin
