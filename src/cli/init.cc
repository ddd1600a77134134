// `tocsin init`: a small workspace that works as it is.
#include <filesystem>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/starter.h"

namespace tocsin {
namespace {

// Nothing that is there is touched: not one file is written where one of them exists.
void demand_room(const std::filesystem::path& folder) {
    for (const StarterFile& file : starter_files()) {
        if (!std::filesystem::exists(folder / file.name)) continue;
        throw UsageError("there is already a " + (folder / file.name).string(),
                         "`tocsin init DIR` makes a workspace in a folder of its own");
    }
}

// Campaigns and templates are for everybody's eyes; what holds people is not.
void write(const std::filesystem::path& folder, const StarterFile& file) {
    std::filesystem::path path = folder / file.name;
    bool is_private = file.name.starts_with("lists/");
    if (is_private)
        make_private_folder(path.parent_path());
    else
        std::filesystem::create_directories(path.parent_path());
    create_file(path, file.content);
    if (!is_private) {
        using std::filesystem::perms;
        std::filesystem::permissions(path, perms::group_read | perms::others_read,
                                     std::filesystem::perm_options::add);
    }
}

ExitCode init(const std::filesystem::path& folder, Invocation& invocation) {
    demand_room(folder);
    for (const StarterFile& file : starter_files()) write(folder, file);
    if (!invocation.console.quiet()) {
        std::string there = folder == "." ? "" : "cd " + folder.string() + " && ";
        invocation.console.out("a workspace is in " + folder.string() + "; next: " + there +
                               "tocsin check hello && tocsin preview hello\n");
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_init(CLI::App& app) {
    auto folder = std::make_shared<std::filesystem::path>(".");
    CLI::App* command = app.add_subcommand("init", "Write a small workspace that works");
    command->add_option("dir", *folder, "Where; default: the current folder")->type_name("DIR");
    return {command, [folder](Invocation& invocation) { return init(*folder, invocation); }};
}

}  // namespace tocsin
