#include "campaign/smtp_reader.h"

#include <string_view>
#include <system_error>

#include "campaign/fields.h"
#include "campaign/inside.h"
#include "campaign/quote.h"
#include "campaign/smtp_login_reader.h"
#include "campaign/url.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr int kMostConnections = 100;
constexpr int kMostMessages = 100'000;
constexpr int kPortOfImplicitTls = 465;

using FaultOf = std::string (*)(std::string_view);

// A text of one line, or empty after a finding.
std::string read_checked(const Node& node, FaultOf fault_of, const char* id) {
    auto written = node.line();
    if (!written) return "";
    std::string fault = fault_of(written->text);
    if (fault.empty()) return written->text;
    node.error(id, node.name() + " " + fault);
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

std::string read_proxy(const Node& node) {
    auto written = node.line();
    if (!written) return "";
    if (!has_userinfo(written->text)) return read_checked(node, fault_of_proxy, "bad-url");
    node.error("literal-secret", node.name() + " cannot hold a user name and password",
               "name only its host and port, and let it admit this machine by its address");
    return "";
}

SmtpSettings::Tls read_tls(const Map& map) {
    auto node = map.find("tls");
    auto mode = node ? node->one_of(kTlsModes) : std::nullopt;
    if (mode == "implicit") return SmtpSettings::Tls::kImplicit;
    if (mode == "none") return SmtpSettings::Tls::kNone;
    return SmtpSettings::Tls::kRequired;
}

void read_number(const Map& map, const std::string& key, int most, int& number) {
    auto node = map.find(key);
    if (auto read = node ? node->whole_number(1, most) : std::nullopt) number = *read;
}

void read_port(const Map& map, SmtpSettings& smtp) {
    constexpr int kLastPort = 65535;
    if (smtp.tls == SmtpSettings::Tls::kImplicit) smtp.port = kPortOfImplicitTls;
    read_number(map, "port", kLastPort, smtp.port);
}

// A proxy on another machine is asked over the network even for one that calls itself loopback.
bool leaves_the_machine(const SmtpSettings& smtp) {
    bool far_proxy = !smtp.proxy.empty() && !is_loopback(host_of_url(smtp.proxy));
    return far_proxy || (!smtp.host.empty() && !is_loopback(smtp.host));
}

void check_plaintext(const Map& map, const SmtpSettings& smtp) {
    bool exposed =
        smtp.tls == SmtpSettings::Tls::kNone && leaves_the_machine(smtp) && !smtp.allow_plaintext;
    if (!exposed) return;
    map.find("tls")->error("plaintext",
                           "`tls: none` would send mail and password readable over the network",
                           "use `tls: required`; if you mean it, add `allow_plaintext: true`");
}

void read_route(const Map& map, const fs::path& root, SmtpSettings& smtp) {
    if (auto node = map.find("ehlo")) smtp.ehlo = read_checked(*node, fault_of_host, "bad-host");
    if (auto node = map.find("ca_file")) smtp.ca_file = read_ca_file(*node, root);
    if (auto node = map.find("source_address")) {
        smtp.source_address = read_checked(*node, fault_of_source_address, "bad-ip-address");
    }
    if (auto node = map.find("proxy")) smtp.proxy = read_proxy(*node);
}

}  // namespace

SmtpSettings read_smtp(const Map& map, const fs::path& root) {
    SmtpSettings smtp;
    if (auto node = map.require("host")) smtp.host = read_checked(*node, fault_of_host, "bad-host");
    smtp.tls = read_tls(map);
    read_port(map, smtp);
    if (auto node = map.find("allow_plaintext")) {
        smtp.allow_plaintext = node->flag().value_or(false);
    }
    read_route(map, root, smtp);
    check_plaintext(map, smtp);
    read_smtp_login(map, root, smtp);
    read_number(map, "connections", kMostConnections, smtp.connections);
    read_number(map, "messages_per_connection", kMostMessages, smtp.messages_per_connection);
    return smtp;
}

}  // namespace tocsin
