#include "campaign/notify_reader.h"

#include <algorithm>

#include "campaign/transport_reader.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

std::set<NotifyEvent> all_events() {
    return {NotifyEvent::kDone, NotifyEvent::kHeld, NotifyEvent::kPaused, NotifyEvent::kInDoubt};
}

// In the order of kNotifyEvents.
NotifyEvent event_called(const std::string& word) {
    const auto& words = kNotifyEvents.known;
    return static_cast<NotifyEvent>(std::ranges::find(words, word) - words.begin());
}

std::set<NotifyEvent> read_events(const Node& node) {
    std::set<NotifyEvent> events;
    for (const Node& item : node.items_named("event")) {
        if (auto word = item.one_of(kNotifyEvents)) events.insert(event_called(*word));
    }
    return events;
}

std::optional<Mailbox> read_mailbox(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto parsed = Mailbox::parse(written->text);
    if (auto* mailbox = std::get_if<Mailbox>(&parsed)) return *mailbox;
    node.error("bad-address", node.name() + ": " + std::get<Mailbox::Fault>(parsed).message);
    return std::nullopt;
}

void read_mail(const Node& node, const Workspace& workspace, bool names_default,
               NotifySettings& notify) {
    auto map = Map::read(node, kNotifyMailKeys);
    if (!map) return;
    auto to = map->require("to");
    if (to) notify.mail_to = read_mailbox(*to);
    auto transport = map->find("transport");
    auto name = transport ? read_transport_name(*transport, workspace) : std::nullopt;
    notify.transport = name ? name->text : workspace.default_transport;
    if (node.yaml().find("transport") != nullptr || names_default) return;
    map->report_missing("`mail` of `notify` needs the key `transport`",
                        "or give tocsin.yaml a `transport` for everything that names none");
}

std::string read_command(const Node& node) {
    auto command = node.text();
    return command ? command->text : "";
}

// The one of two keys that is there; both, or neither, are a fault.
std::optional<Node> one_of_two(const Map& map, const std::string& first,
                               const std::string& second) {
    const YamlNode& yaml = map.node().yaml();
    bool has_first = yaml.find(first) != nullptr, has_second = yaml.find(second) != nullptr;
    if (has_first != has_second) return map.find(has_first ? first : second);
    const std::string keys = listed({first, second});
    if (has_first) {
        map.node().error_at(map.node().key_place(), "bad-value",
                            map.node().name() + " has either " + keys, "keep one of them");
    } else {
        map.report_missing(map.node().name() + " needs the key " + keys);
    }
    return std::nullopt;
}

WitnessSettings file_witness(const std::string& path, const fs::path& root) {
    return {(root / path).lexically_normal(), ""};
}

WitnessSettings read_witness_text(const Node& node, const fs::path& root) {
    auto text = node.text();
    if (!text) return {};
    bool is_command = text->text.find_first_of(" \t\n") != std::string::npos;
    return is_command ? WitnessSettings{{}, text->text} : file_witness(text->text, root);
}

}  // namespace

NotifySettings read_notify(const Node& node, const Workspace& workspace, bool names_default) {
    NotifySettings notify;
    auto map = Map::read(node, kNotifyKeys);
    if (!map) return notify;
    auto on = map->find("on");
    notify.on = on ? read_events(*on) : all_events();
    auto how = one_of_two(*map, "command", "mail");
    if (!how) return notify;
    if (how->name() == "`command`") {
        notify.command = read_command(*how);
    } else {
        read_mail(*how, workspace, names_default, notify);
    }
    return notify;
}

WitnessSettings read_witness(const Node& node, const fs::path& root) {
    if (node.is_text()) return read_witness_text(node, root);
    auto map = Map::read(node, kWitnessKeys);
    auto how = map ? one_of_two(*map, "file", "command") : std::nullopt;
    if (!how) return {};
    if (how->name() == "`command`") return {{}, read_command(*how)};
    auto path = how->line();
    return path ? file_witness(path->text, root) : WitnessSettings{};
}

}  // namespace tocsin
