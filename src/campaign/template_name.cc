#include "campaign/template_name.h"

#include "campaign/inside.h"
#include "campaign/quote.h"

namespace fs = std::filesystem;

namespace tocsin {

std::optional<Located> read_template_name(const Node& node, const fs::path& root,
                                          std::string_view extension) {
    auto name = node.line();
    if (!name) return std::nullopt;
    if (!name->text.ends_with(extension)) {
        node.error("bad-template-name",
                   node.name() + " must name a file that ends in " + in_backquotes(extension));
        return std::nullopt;
    }
    // Lists are counted from the workspace; templates are not.
    std::string_view folder = "templates/";
    Fence fence = template_fence(root);
    std::error_code ignored;
    if (name->text.starts_with(folder) && !fs::exists(fence.root / name->text, ignored)) {
        node.error("missing-file",
                   "there is no file " + in_backquotes(name->text) + " in templates/",
                   "write " + in_backquotes(name->text.substr(folder.size())));
        return std::nullopt;
    }
    return read_input_path(node, fence);
}

}  // namespace tocsin
