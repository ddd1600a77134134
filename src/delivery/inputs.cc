#include "delivery/inputs.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/random.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

using nlohmann::json;

InputFile input(const Workspace& workspace, std::string role, const std::string& path) {
    // The stamp first: a file that changes in between then looks changed, never unchanged.
    FileStamp seen = stamp(workspace.root / path).value_or(FileStamp{});
    return {std::move(role), path, seen, hash_of_file(workspace.root / path)};
}

}  // namespace

std::string hash_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    Sha256 hash;
    std::vector<char> block(1 << 16);
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
    }
    return to_hex(hash.finish());
}

Inputs inputs_of(const Workspace& workspace, const Campaign& campaign, const Content& content) {
    Inputs inputs;
    auto add = [&](const char* role, const std::string& path) {
        inputs.push_back(input(workspace, role, path));
    };
    add("settings", "tocsin.yaml");
    add("campaign", campaign.source.name());
    for (const auto& [name, bytes] : content.templates) add("template", "templates/" + name);
    for (const Located& list : campaign.audience.lists) add("list", list.text);
    for (const Located& list : campaign.audience.exclude) add("exclusion", list.text);
    for (const Located& file : campaign.attachments) add("attachment", file.text);
    return inputs;
}

std::string serialise(const Inputs& inputs) {
    json out = json::array();
    for (const InputFile& file : inputs) {
        out.push_back({{"role", file.role},
                       {"path", file.path},
                       {"inode", file.stamp.inode},
                       {"size", file.stamp.size},
                       {"modified_ns", file.stamp.modified_ns},
                       {"sha256", file.sha256}});
    }
    return out.dump();
}

Inputs parse_inputs(std::string_view bytes) {
    try {
        Inputs inputs;
        for (const json& file : json::parse(bytes)) {
            FileStamp stamp{file.at("inode"), file.at("size"), file.at("modified_ns")};
            inputs.push_back({file.at("role"), file.at("path"), stamp, file.at("sha256")});
        }
        return inputs;
    } catch (const json::exception& fault) {
        throw LedgerError(std::string("the plan's list of files cannot be read: ") + fault.what());
    }
}

std::vector<InputFile> changed(const Workspace& workspace, const Inputs& then) {
    std::vector<InputFile> out;
    for (const InputFile& file : then) {
        auto path = workspace.root / file.path;
        auto now = stamp(path);
        if (now && *now == file.stamp) continue;
        if (!now || hash_of_file(path) != file.sha256) out.push_back(file);
    }
    return out;
}

}  // namespace tocsin
