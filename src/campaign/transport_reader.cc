#include "campaign/transport_reader.h"

#include "base/text.h"
#include "campaign/fields.h"
#include "campaign/inside.h"
#include "campaign/quote.h"
#include "campaign/secret_source.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr int kMostConnections = 100;
constexpr int kMostMessages = 100'000;
constexpr int kPortOfImplicitTls = 465;

MaildirSettings read_maildir(const Map& map, const fs::path& root) {
    MaildirSettings settings;
    auto path = map.require("path");
    if (auto inside = path ? read_path(*path, workspace_fence(root)) : std::nullopt) {
        settings.path = root / inside->text;
    }
    return settings;
}

std::string read_host(const Node& node) {
    auto host = node.line();
    if (!host) return "";
    std::string fault = fault_of_host(host->text);
    if (fault.empty()) return host->text;
    node.error("bad-host", node.name() + " " + fault);
    return "";
}

// The certificates of the system lie outside every workspace, so this path may be absolute.
fs::path read_ca_file(const Node& node, const fs::path& root) {
    auto written = node.line();
    if (!written) return {};
    if (!fs::path(written->text).is_absolute()) {
        auto inside = read_input_path(node, workspace_fence(root));
        return inside ? root / inside->text : fs::path();
    }
    std::error_code ignored;
    if (fs::is_regular_file(written->text, ignored)) return written->text;
    node.error("missing-file", "there is no file " + in_backquotes(written->text));
    return {};
}

SmtpSettings::Tls read_tls(const Map& map) {
    auto node = map.find("tls");
    auto mode = node ? node->one_of(kTlsModes) : std::nullopt;
    if (mode == "implicit") return SmtpSettings::Tls::kImplicit;
    if (mode == "none") return SmtpSettings::Tls::kNone;
    return SmtpSettings::Tls::kRequired;
}

SmtpSettings::Auth read_auth(const Map& map) {
    auto node = map.find("auth");
    auto method = node ? node->one_of(kAuthMethods) : std::nullopt;
    if (method == "plain") return SmtpSettings::Auth::kPlain;
    if (method == "login") return SmtpSettings::Auth::kLogin;
    return SmtpSettings::Auth::kBest;
}

void read_number(const Map& map, const std::string& key, int most, int& number) {
    auto node = map.find(key);
    if (auto read = node ? node->whole_number(1, most) : std::nullopt) number = *read;
}

void check_plaintext(const Map& map, const SmtpSettings& smtp) {
    bool exposed = smtp.tls == SmtpSettings::Tls::kNone && !smtp.host.empty() &&
                   !is_loopback(smtp.host) && !smtp.allow_plaintext;
    if (!exposed) return;
    map.find("tls")->error("plaintext",
                           "`tls: none` would send mail and password readable over the network",
                           "use `tls: required`; if you mean it, add `allow_plaintext: true`");
}

void read_login(const Map& map, const fs::path& root, SmtpSettings& smtp) {
    if (auto node = map.find("username")) {
        if (auto name = node->line()) smtp.username = name->text;
    }
    if (auto node = map.find("password")) smtp.password = read_secret_source(*node, root);
    const YamlNode& yaml = map.node().yaml();
    const YamlMember* name = yaml.find("username");
    const YamlMember* password = yaml.find("password");
    if ((name == nullptr) == (password == nullptr)) return;
    auto there = map.find(name != nullptr ? "username" : "password");
    if (!there) return;
    there->error_at(
        there->key_place(), "incomplete-login",
        name != nullptr ? "`username` needs a `password`" : "`password` needs a `username`");
}

void read_port(const Map& map, SmtpSettings& smtp) {
    constexpr int kLastPort = 65535;
    if (smtp.tls == SmtpSettings::Tls::kImplicit) smtp.port = kPortOfImplicitTls;
    read_number(map, "port", kLastPort, smtp.port);
}

SmtpSettings read_smtp(const Map& map, const fs::path& root) {
    SmtpSettings smtp;
    if (auto node = map.require("host")) smtp.host = read_host(*node);
    smtp.tls = read_tls(map);
    read_port(map, smtp);
    if (auto node = map.find("allow_plaintext")) {
        smtp.allow_plaintext = node->flag().value_or(false);
    }
    check_plaintext(map, smtp);
    read_login(map, root, smtp);
    smtp.auth = read_auth(map);
    if (auto node = map.find("ehlo")) smtp.ehlo = read_host(*node);
    if (auto node = map.find("ca_file")) smtp.ca_file = read_ca_file(*node, root);
    read_number(map, "connections", kMostConnections, smtp.connections);
    read_number(map, "messages_per_connection", kMostMessages, smtp.messages_per_connection);
    return smtp;
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

}  // namespace

std::optional<TransportSettings> read_transport(const Node& node, const fs::path& root) {
    auto type = read_type(node);
    if (!type) return std::nullopt;
    bool is_smtp = *type == "smtp";
    auto map = Map::read(node, is_smtp ? kSmtpKeys : kMaildirKeys);
    if (!map) return std::nullopt;
    if (is_smtp) return read_smtp(*map, root);
    return read_maildir(*map, root);
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
