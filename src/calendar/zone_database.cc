#include "calendar/zone_database.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "calendar/zone_names.h"

namespace tocsin {
namespace {

const date::tzdb& as_installed() {
    constexpr const char* kHint = "install its package `tzdata`";
    try {
        const date::tzdb& database = date::get_tzdb();
        if (!database.zones.empty()) return database;
    } catch (const std::exception& fault) {
        throw ConfigError(std::string("the system has no time zones: ") + fault.what(), kHint);
    }
    throw ConfigError("the system has no time zones", kHint);
}

// Four, so that one whose country stops to change its clocks raises no alarm.
bool knows_the_years_to_come(const date::tzdb& database) {
    constexpr std::array<std::string_view, 4> kThatChange = {
        "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Sydney"};
    const date::sys_seconds late = date::sys_days(date::year(2036) / 1 / 1);
    int there = 0;
    for (std::string_view name : kThatChange) {
        const date::time_zone* zone = zone_in(database, name);
        if (zone == nullptr) continue;
        if (changes_after(*zone, late)) return true;
        ++there;
    }
    return there == 0;
}

const date::tzdb& examined() {
    const date::tzdb& database = as_installed();
    if (knows_the_years_to_come(database)) return database;
    throw ConfigError("the system's time zones do not say when clocks change in the years to come",
                      "install time zones that are compiled with `zic -b fat`, as those of "
                      "Debian's package `tzdata`");
}

}  // namespace

const date::tzdb& zone_database() {
    static const date::tzdb& database = examined();
    return database;
}

const date::time_zone* zone_in(const date::tzdb& database, std::string_view name) {
    if (!is_zone_name(name)) return nullptr;
    // Sorted by name: date::locate_zone() relies on it as well, but throws.
    auto zone =
        std::lower_bound(database.zones.begin(), database.zones.end(), name,
                         [](const date::time_zone& a, std::string_view b) { return a.name() < b; });
    if (zone == database.zones.end() || zone->name() != name) return nullptr;
    try {
        zone->get_info(date::sys_seconds());
        return &*zone;
    } catch (const std::exception&) {
        return nullptr;
    }
}

bool changes_after(const date::time_zone& zone, date::sys_seconds time) {
    // For ever, to the library, is the end of its calendar.
    return zone.get_info(time).end < date::sys_days(date::year::max() / 1 / 1);
}

}  // namespace tocsin
