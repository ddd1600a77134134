#include "calendar/zone.h"

#include "calendar/zone_database.h"
#include "calendar/zone_names.h"

namespace tocsin {
namespace {

using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

WallTime from_seconds(seconds since_epoch) {
    return WallTime(Milliseconds(since_epoch));
}

std::vector<std::string> names_in_the_database() {
    std::vector<std::string> names;
    for (const date::time_zone& zone : zone_database().zones) {
        if (is_zone_name(zone.name())) names.push_back(zone.name());
    }
    return names;
}

}  // namespace

Zone::Zone() : name_("UTC"), zone_(nullptr) {}

std::optional<Zone> Zone::find(std::string_view name) {
    if (name == "UTC") return Zone();
    const date::time_zone* zone = zone_in(zone_database(), name);
    if (zone == nullptr) return std::nullopt;
    return Zone(zone->name(), zone);
}

std::string Zone::like(std::string_view name) {
    static const ZoneNames names(names_in_the_database());
    return names.like(name);
}

WallTime Zone::instant(LocalMinute local) const {
    const seconds shown = local.time_since_epoch();
    if (zone_ == nullptr) return from_seconds(shown);
    const date::local_info there = zone_->get_info(date::local_seconds(shown));
    if (there.result == date::local_info::nonexistent) {
        return from_seconds(there.second.begin.time_since_epoch());
    }
    return from_seconds(shown - there.first.offset);
}

LocalMinute Zone::local(WallTime instant) const {
    const seconds since_epoch = floor<seconds>(instant).time_since_epoch();
    const seconds offset =
        zone_ == nullptr ? seconds(0) : zone_->get_info(date::sys_seconds(since_epoch)).offset;
    return LocalMinute(floor<minutes>(since_epoch + offset));
}

}  // namespace tocsin
