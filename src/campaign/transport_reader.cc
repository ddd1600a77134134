#include "campaign/transport_reader.h"

#include "base/text.h"
#include "campaign/dkim_reader.h"
#include "campaign/inside.h"
#include "campaign/limits_reader.h"
#include "campaign/provider_reader.h"
#include "campaign/quote.h"
#include "campaign/rate_reader.h"
#include "campaign/smtp_reader.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

MaildirSettings read_maildir(const Map& map, const fs::path& root) {
    MaildirSettings settings;
    auto path = map.require("path");
    if (auto inside = path ? read_path(*path, workspace_fence(root)) : std::nullopt) {
        settings.path = root / inside->text;
    }
    return settings;
}

// The type decides which keys are known, so it is read before the keys are checked.
std::optional<std::string> read_type(const Node& node) {
    auto map = Map::any(node);
    if (!map) return std::nullopt;
    if (node.yaml().find("type") == nullptr) {
        map->report_missing(node.name() + " needs the key `type`",
                            "use " + listed(kTransportTypes.known));
    }
    auto type = map->find("type");
    return type ? type->one_of(kTransportTypes) : std::nullopt;
}

void read_maildir_transport(const Node& node, const fs::path& root,
                            TransportDefinition& transport) {
    auto map = Map::read(node, kMaildirKeys);
    if (!map) return;
    transport.settings = read_maildir(*map, root);
    if (auto rate = map->find("rate")) transport.limits.rates = read_rates(*rate);
}

void read_smtp_transport(const Node& node, const fs::path& root, TransportDefinition& transport) {
    auto map = Map::read(node, kSmtpKeys);
    if (!map) return;
    transport.settings = read_smtp(*map, root);
    transport.limits = read_limits(*map);
    if (auto dkim = map->find("dkim")) transport.dkim = read_dkim(*dkim, root);
}

void read_provider_transport(ProviderKind kind, const Node& node, const fs::path& root,
                             TransportDefinition& transport) {
    auto map = Map::read(node, provider_keys(kind));
    if (!map) return;
    transport.settings = read_provider(kind, *map, root);
    transport.limits = read_limits(*map);
}

}  // namespace

TransportDefinition read_transport(const std::string& name, const Node& node,
                                   const fs::path& root) {
    TransportDefinition transport{name, node.key_place(), MaildirSettings{}};
    auto type = read_type(node);
    if (!type) return transport;
    if (*type == "smtp") {
        read_smtp_transport(node, root, transport);
    } else if (*type == "maildir") {
        read_maildir_transport(node, root, transport);
    } else {
        read_provider_transport(*provider_kind(*type), node, root, transport);
    }
    return transport;
}

std::optional<Located> read_transport_name(const Node& node, const Workspace& workspace) {
    auto name = node.line();
    if (!name || workspace.transports.contains(name->text)) return name;
    std::vector<std::string> names;
    names.reserve(workspace.transports.size());
    for (const auto& [known, transport] : workspace.transports) names.push_back(known);
    std::string hint = did_you_mean(name->text, names);
    if (hint.empty()) {
        hint = names.empty() ? "tocsin.yaml has no `transports`"
                             : "tocsin.yaml has " + listed(names, "and");
    }
    node.error("unknown-transport", "there is no transport " + in_backquotes(name->text), hint);
    return std::nullopt;
}

}  // namespace tocsin
