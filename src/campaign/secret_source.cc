#include "campaign/secret_source.h"

#include "campaign/fields.h"
#include "campaign/inside.h"

namespace tocsin {
namespace {

constexpr char kForms[] = "use {env: NAME}, {file: PATH} or {command: \"…\"}";

std::optional<SecretSource> read_file_source(const Node& node, const std::filesystem::path& root) {
    auto path = read_path(node, workspace_fence(root));
    if (!path) return std::nullopt;
    return SecretSource{SecretSource::Kind::kFile, path->text};
}

std::optional<SecretSource> read_environment_source(const Node& node) {
    auto name = node.line();
    if (!name) return std::nullopt;
    if (auto fault = fault_of_environment_name(name->text); !fault.empty()) {
        node.error("bad-value", node.name() + " " + fault);
        return std::nullopt;
    }
    return SecretSource{SecretSource::Kind::kEnvironment, name->text};
}

std::optional<SecretSource> read_command_source(const Node& node) {
    auto command = node.text();
    if (!command) return std::nullopt;
    return SecretSource{SecretSource::Kind::kCommand, command->text};
}

}  // namespace

std::optional<SecretSource> read_secret_source(const Node& node,
                                               const std::filesystem::path& root) {
    if (node.is_text()) {
        node.error("literal-secret", node.name() + " must not stand in the file itself", kForms);
        return std::nullopt;
    }
    auto map = Map::read(node, kSecretKeys);
    if (!map) return std::nullopt;
    if (node.yaml().members.size() != 1) {
        node.error_at(node.key_place(), "bad-value", node.name() + " needs exactly one source",
                      kForms);
        return std::nullopt;
    }
    if (auto file = map->find("file")) return read_file_source(*file, root);
    if (auto name = map->find("env")) return read_environment_source(*name);
    if (auto command = map->find("command")) return read_command_source(*command);
    return std::nullopt;
}

}  // namespace tocsin
