#include "campaign/schedule_reader.h"

#include <algorithm>

#include "campaign/calendar_reader.h"

namespace tocsin {
namespace {

constexpr char kRecipient[] = "recipient";

bool is_recipient(const Node& node) {
    return node.is_text() && node.yaml().text == kRecipient;
}

class ScheduleReader {
  public:
    ScheduleReader(const Map& map, const ScheduleDefaults& defaults) : map_(map) {
        definition_.place = map.node().key_place();
        schedule_.zone = defaults.zone;
        const auto& known = kScheduleKeys.known;
        sound_ = std::ranges::all_of(map.node().yaml().members, [&](const YamlMember& member) {
            return std::ranges::count(known, member.key) > 0;
        });
    }

    std::optional<ScheduleDefinition> read() {
        read_beginning();
        read_timezone();
        read("window", read_window, schedule_.window, &definition_.opens);
        read_days();
        read_end();
        read("grace", read_grace, schedule_.grace);
        return sound_ ? std::optional(std::move(definition_)) : std::nullopt;
    }

  private:
    // A key that is there and has no value is a fault, too.
    std::optional<Node> find(const std::string& key) {
        auto node = map_.find(key);
        sound_ &= node || map_.node().yaml().find(key) == nullptr;
        return node;
    }

    template <class Value>
    std::optional<Node> read(const std::string& key, std::optional<Value> (*reader)(const Node&),
                             std::optional<Value>& into, Place* place = nullptr) {
        auto node = find(key);
        if (!node) return node;
        into = reader(*node);
        sound_ &= into.has_value();
        if (place != nullptr) *place = node->place();
        return node;
    }

    void read_beginning() {
        auto at = read("at", read_local_time, schedule_.at, &definition_.begins);
        auto every = read("every", read_cron, schedule_.every, &definition_.begins);
        if (at && every) {
            every->error_at(every->key_place(), "at-and-every",
                            "a schedule has either `at` or `every`",
                            "`at` is once, `every` again and again: keep one of them");
            sound_ = false;
        } else if (!at && !every && sound_) {
            map_.report_missing("`schedule` needs the key `at` or `every`");
            sound_ = false;
        }
    }

    void read_timezone() {
        auto node = find("timezone");
        if (!node) return;
        definition_.timezone = node->place();
        schedule_.by_recipient = is_recipient(*node);
        if (schedule_.by_recipient) return;
        if (node->is_text()) return read_own_zone(*node);
        const std::vector<Node> items = node->items();
        schedule_.by_recipient = items.size() == 2 && is_recipient(items[0]);
        if (schedule_.by_recipient) return read_own_zone(items[1]);
        sound_ = false;
        if (node->yaml().kind != YamlNode::Kind::kList) return;
        node->error("bad-value", "a list as `timezone` is `recipient` and then one zone",
                    "write `[recipient, Europe/London]`");
    }

    void read_own_zone(const Node& node) {
        auto zone = read_zone(node);
        sound_ &= zone.has_value();
        if (zone) schedule_.zone = *zone;
    }

    void read_days() {
        std::optional<Weekdays> days;
        auto node = read("days", read_weekdays, days);
        if (days) schedule_.days = *days;
        if (node && definition_.opens.line == 0) definition_.opens = node->place();
    }

    void read_end() {
        auto node = read("not_after", read_local_time, schedule_.not_after, &definition_.not_after);
        if (!schedule_.not_after || !schedule_.at || *schedule_.at < *schedule_.not_after) return;
        node->error("ends-too-early", "`not_after` is not later than `at`: nothing would go out");
        sound_ = false;
    }

    const Map& map_;
    ScheduleDefinition definition_;
    Schedule& schedule_ = definition_.schedule;
    bool sound_ = true;
};

}  // namespace

ScheduleDefaults read_schedule_defaults(const Node& node) {
    ScheduleDefaults defaults;
    auto map = Map::read(node, kScheduleDefaultsKeys);
    if (!map) return defaults;
    auto timezone = map->find("timezone");
    if (timezone && is_recipient(*timezone)) {
        timezone->error("bad-value", "only a campaign's `timezone` can be `recipient`",
                        "name the zone of whoever has none");
    } else if (auto zone = timezone ? read_zone(*timezone) : std::nullopt) {
        defaults.zone = *zone;
        defaults.names_zone = true;
    }
    auto grace = map->find("grace");
    auto length = grace ? read_grace(*grace) : std::nullopt;
    if (length) defaults.grace = *length;
    return defaults;
}

std::optional<ScheduleDefinition> read_schedule(const Node& node,
                                                const ScheduleDefaults& defaults) {
    auto map = Map::read(node, kScheduleKeys);
    return map ? ScheduleReader(*map, defaults).read() : std::nullopt;
}

}  // namespace tocsin
