#include "campaign/find.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "campaign/quote.h"
#include "campaign/source_file.h"
#include "campaign/yaml_parse.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool is_yaml_name(const fs::path& path) {
    return path.extension() == ".yaml" || path.extension() == ".yml";
}

// For a file that is no YAML before this line: `check` must find it by its id all the same.
std::string id_by_line(const SourceText& source) {
    constexpr std::string_view kKey = "id:";
    for (int number = 1; source.place(source.text().size()).line >= number; ++number) {
        std::string_view line = source.line(number);
        if (!line.starts_with(kKey)) continue;
        std::string_view value = trim(line.substr(kKey.size()));
        return std::string(value.substr(0, value.find_first_of(" \t")));
    }
    return "";
}

std::string id_of(const fs::path& file) {
    Findings ignored;
    try {
        auto source = load_source(file, file.string(), ignored);
        auto clean = source ? clean_source(*source, ignored) : std::nullopt;
        if (!clean) return "";
        YamlDocument document = parse_yaml(*clean, ignored);
        const YamlMember* id = document.root.find("id");
        return id != nullptr ? id->value.text : id_by_line(*clean);
    } catch (const Error&) {
        return "";  // gone or unreadable: none that could be meant
    }
}

fs::path only_one(const Workspace& workspace, const std::string& id,
                  const std::vector<fs::path>& files) {
    if (files.size() == 1) return files.front();
    throw UsageError("two campaigns have the id " + in_backquotes(id) + ": " +
                         workspace.shown(files[0]) + " and " + workspace.shown(files[1]),
                     "name the file; one of them needs another id");
}

using FilesById = std::map<std::string, std::vector<fs::path>>;

FilesById files_by_id(const Workspace& workspace) {
    FilesById files;
    for (const fs::path& file : campaign_files(workspace.root / "campaigns")) {
        files[id_of(file)].push_back(file);
    }
    files.erase("");
    return files;
}

std::vector<std::string> ids_of(const FilesById& files) {
    std::vector<std::string> ids;
    ids.reserve(files.size());
    for (const auto& [id, of_it] : files) ids.push_back(id);
    return ids;
}

fs::path find_by_id(const Workspace& workspace, const std::string& id) {
    const FilesById files = files_by_id(workspace);
    auto found = files.find(id);
    if (found != files.end()) return only_one(workspace, id, found->second);
    const std::vector<std::string> ids = ids_of(files);
    std::string hint = did_you_mean(id, ids);
    throw MissingInput("no campaign has the id " + in_backquotes(id),
                       hint.empty() ? "campaigns are looked for in campaigns/" : hint);
}

}  // namespace

std::vector<fs::path> campaign_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code fault;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                           fault);
    for (; !fault && entry != fs::recursive_directory_iterator(); entry.increment(fault)) {
        if (is_yaml_name(entry->path()) && is_file(entry->path())) files.push_back(entry->path());
    }
    std::ranges::sort(files);
    return files;
}

fs::path find_config(const fs::path& given) {
    fs::path file = given.empty() ? fs::path("tocsin.yaml") : given;
    if (is_file(file)) return file;
    if (given.empty()) {
        throw ConfigError("there is no tocsin.yaml in this folder",
                          "go to the workspace's folder, name the file with --config, or make a "
                          "workspace with `tocsin init`");
    }
    throw ConfigError("there is no file " + file.string());
}

fs::path find_campaign(const Workspace& workspace, const std::string& given) {
    fs::path path(given);
    if (!is_yaml_name(path) && given.find('/') == std::string::npos) {
        return find_by_id(workspace, given);
    }
    if (is_file(path)) return path;
    if (is_file(workspace.root / path)) return workspace.root / path;
    throw MissingInput("there is no campaign file " + given);
}

std::vector<std::string> campaign_ids(const Workspace& workspace) {
    return ids_of(files_by_id(workspace));
}

}  // namespace tocsin
