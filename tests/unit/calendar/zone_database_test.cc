// What libhowardhinnant-date does that one would not expect, and what the module rests on.
#include "calendar/zone_database.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

bool lists(std::string_view file) {
    return std::ranges::any_of(zone_database().zones,
                               [&](const date::time_zone& zone) { return zone.name() == file; });
}

bool is_installed(const std::string& file) {
    return std::filesystem::exists("/usr/share/zoneinfo/" + file);
}

}  // namespace

TEST_CASE("the library sorts the zones by name") {
    CHECK(std::ranges::is_sorted(zone_database().zones, {}, &date::time_zone::name));
}

TEST_CASE("the library takes the machine's own zone for a name, the module does not") {
    if (!is_installed("localtime")) return;
    CHECK(lists("localtime"));
    CHECK(zone_in(zone_database(), "localtime") == nullptr);
}

TEST_CASE("the library leaves out copies, and tables as far as it knows them") {
    for (auto file : {"posixrules", "posix/Europe/London", "right/Europe/London", "Factory",
                      "zone.tab", "tzdata.zi", "leap-seconds.list"}) {
        CAPTURE(file);
        CHECK_FALSE(lists(file));
    }
}

TEST_CASE("a link is a zone of its own to the library") {
    if (!is_installed("GB")) return;
    CHECK(lists("GB"));
    CHECK(zone_in(zone_database(), "GB") != zone_in(zone_database(), "Europe/London"));
    CHECK(zone_in(zone_database(), "GB")->name() == "GB");
}

TEST_CASE("clocks that change are known to change in the years to come") {
    const date::sys_seconds late = date::sys_days(date::year(2036) / 1 / 1);
    CHECK(changes_after(*zone_in(zone_database(), "Europe/London"), late));
    CHECK_FALSE(changes_after(*zone_in(zone_database(), "Asia/Kolkata"), late));
    CHECK_FALSE(changes_after(*zone_in(zone_database(), "Etc/UTC"), late));
}

TEST_CASE("after 2037 a zone keeps the time of its last change") {
    const Zone london = zone("Europe/London");
    CHECK(london.instant(local("2037-07-01T09:00")) == utc("2037-07-01T08:00:00Z"));
    CHECK(london.instant(local("2038-07-01T09:00")) == utc("2038-07-01T09:00:00Z"));
    CHECK(london.instant(local("9999-07-01T09:00")) == utc("9999-07-01T09:00:00Z"));
}

TEST_CASE("before there was a time zone, the sun's time counts, to the second") {
    const Zone london = zone("Europe/London");
    CHECK(london.instant(local("1800-07-01T09:00")) == utc("1800-07-01T09:01:15Z"));
    CHECK(london.local(utc("1800-07-01T09:01:15Z")) == local("1800-07-01T09:00"));
    CHECK(london.local(utc("1800-07-01T09:01:14Z")) == local("1800-07-01T08:59"));
}
