#include "compose/template_files.h"

#include <algorithm>

#include "base/file.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestName = 200;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/';
}

bool inside(const std::filesystem::path& folder, const std::filesystem::path& file) {
    auto relative = std::filesystem::weakly_canonical(file).lexically_relative(
        std::filesystem::canonical(folder));
    return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

bool is_partial_name(std::string_view name) {
    if (name.empty() || name.size() > kLongestName || name.front() == '/') return false;
    if (!std::all_of(name.begin(), name.end(), is_name_character)) return false;
    const std::filesystem::path path(name);
    return std::none_of(path.begin(), path.end(),
                        [](const auto& step) { return step == ".." || step == "."; });
}

TemplateFile files_in(const std::filesystem::path& folder,
                      std::map<std::string, std::string>& read) {
    return [folder, &read](const std::string& name) -> std::optional<std::string> {
        auto file = folder / name;
        if (!std::filesystem::is_regular_file(file) || !inside(folder, file)) return std::nullopt;
        return read[name] = read_file(file);
    };
}

TemplateFile files_of(const std::map<std::string, std::string>& frozen) {
    return [&frozen](const std::string& name) -> std::optional<std::string> {
        auto found = frozen.find(name);
        if (found == frozen.end()) return std::nullopt;
        return found->second;
    };
}

PartialSource partials_from(TemplateFile files, PartKind kind) {
    return [files = std::move(files), kind](std::string_view name) -> std::optional<SourceText> {
        if (!is_partial_name(name)) return std::nullopt;
        const char* own_kind = kind == PartKind::kHtml ? ".html.mustache" : ".txt.mustache";
        for (const char* ending : {own_kind, ".mustache"}) {
            std::string file = std::string(name) + ending;
            if (auto bytes = files(file))
                return SourceText(shown_template(file), std::move(*bytes));
        }
        return std::nullopt;
    };
}

std::string shown_template(const std::string& name) {
    return "templates/" + name;
}

}  // namespace tocsin
