#include "calendar/zone.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <thread>
#include <vector>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("zones are found by exactly their names") {
    for (auto name : {"Europe/London", "America/New_York", "Asia/Kolkata", "UTC", "Etc/UTC", "GMT",
                      "Europe/Isle_of_Man", "America/Argentina/Buenos_Aires", "Etc/GMT-14"}) {
        CAPTURE(name);
        auto found = Zone::find(name);
        REQUIRE(found);
        CHECK(found->name() == name);
    }
    for (auto name : {"", "europe/london", "Europe/London ", " Europe/London", "Europe", "Europe/",
                      "/Europe/London", "Europe//London", "London", "EUROPE/LONDON", "BST", "PST",
                      "+01:00", "../zoneinfo/UTC", "Zzz", "AAA"}) {
        CAPTURE(name);
        CHECK_FALSE(Zone::find(name));
    }
    CHECK_FALSE(Zone::find(std::string("UTC\0", 4)));
}

TEST_CASE("links are names of their own, where they are installed") {
    if (!std::filesystem::exists("/usr/share/zoneinfo/US/Eastern")) return;
    auto link = Zone::find("US/Eastern");
    REQUIRE(link);
    CHECK(link->name() == "US/Eastern");
    CHECK(link->local(utc("2026-07-01T12:00:00Z")) == local("2026-07-01T08:00"));
    CHECK_FALSE(*link == zone("America/New_York"));
}

TEST_CASE("what is not a zone that a user can mean is none") {
    for (auto name : {"localtime", "posixrules", "right/Europe/London", "posix/Europe/London",
                      "Factory", "zone.tab", "zone1970.tab", "iso3166.tab", "tzdata.zi",
                      "leapseconds", "leap-seconds.list", "+VERSION"}) {
        CAPTURE(name);
        CHECK_FALSE(Zone::find(name));
    }
    CHECK(Zone::like("localtime").empty());
    CHECK(Zone::like("right/Europe/London") == "Europe/London");
}

TEST_CASE("without a name it is UTC") {
    CHECK(Zone().name() == "UTC");
    CHECK(Zone() == zone("UTC"));
    CHECK_FALSE(Zone() == zone("Etc/UTC"));
    CHECK(Zone().instant(local("2026-07-01T09:00")) == utc("2026-07-01T09:00:00Z"));
    CHECK(Zone().local(utc("2026-07-01T09:00:00Z")) == local("2026-07-01T09:00"));
}

TEST_CASE("a skipped hour is its end, every minute of it") {
    const Zone london = zone("Europe/London");
    const WallTime end = utc("2027-03-28T01:00:00Z");
    CHECK(london.instant(local("2027-03-28T00:59")) == utc("2027-03-28T00:59:00Z"));
    for (auto minute : {"01:00", "01:01", "01:30", "01:59", "02:00"}) {
        CHECK(london.instant(local(std::string("2027-03-28T") + minute)) == end);
    }
    CHECK(london.local(end) == local("2027-03-28T02:00"));
    CHECK(london.local(end - Milliseconds(1)) == local("2027-03-28T00:59"));
}

TEST_CASE("a doubled hour is its first showing") {
    const Zone london = zone("Europe/London");
    CHECK(london.instant(local("2026-10-25T00:59")) == utc("2026-10-24T23:59:00Z"));
    CHECK(london.instant(local("2026-10-25T01:00")) == utc("2026-10-25T00:00:00Z"));
    CHECK(london.instant(local("2026-10-25T01:59")) == utc("2026-10-25T00:59:00Z"));
    CHECK(london.instant(local("2026-10-25T02:00")) == utc("2026-10-25T02:00:00Z"));
    CHECK(london.local(utc("2026-10-25T00:30:00Z")) == local("2026-10-25T01:30"));
    CHECK(london.local(utc("2026-10-25T01:30:00Z")) == local("2026-10-25T01:30"));
}

TEST_CASE("a zone that shifts by half an hour") {
    const Zone island = zone("Australia/Lord_Howe");
    CHECK(island.instant(local("2026-10-04T02:00")) == utc("2026-10-03T15:30:00Z"));
    CHECK(island.instant(local("2026-10-04T02:29")) == utc("2026-10-03T15:30:00Z"));
    CHECK(island.instant(local("2026-10-04T02:31")) == utc("2026-10-03T15:31:00Z"));
    CHECK(island.instant(local("2026-04-05T01:45")) == utc("2026-04-04T14:45:00Z"));
    CHECK(island.local(utc("2026-04-04T15:15:00Z")) == local("2026-04-05T01:45"));
}

TEST_CASE("a day that a zone skipped is its end") {
    const Zone samoa = zone("Pacific/Apia");
    const WallTime end = utc("2011-12-30T10:00:00Z");
    CHECK(samoa.instant(local("2011-12-29T23:59")) == end - std::chrono::minutes(1));
    CHECK(samoa.instant(local("2011-12-30T00:00")) == end);
    CHECK(samoa.instant(local("2011-12-30T23:59")) == end);
    CHECK(samoa.local(end) == local("2011-12-31T00:00"));
}

TEST_CASE("a midnight that does not exist, and offsets that are no whole hours") {
    CHECK(zone("Africa/Cairo").instant(local("2026-04-24T00:15")) == utc("2026-04-23T22:00:00Z"));
    CHECK(zone("Asia/Kathmandu").instant(local("2026-06-01T09:00")) == utc("2026-06-01T03:15:00Z"));
    CHECK(zone("Pacific/Chatham").local(utc("2026-01-01T00:00:00Z")) == local("2026-01-01T13:45"));
}

TEST_CASE("whole minutes are shown, before 1970, too") {
    CHECK(Zone().local(utc("2026-07-01T09:00:59Z") + Milliseconds(999)) ==
          local("2026-07-01T09:00"));
    CHECK(Zone().local(WallTime(Milliseconds(-1))) == local("1969-12-31T23:59"));
}

// Monotony is what occurrences and windows rely on.
TEST_CASE(
    "later local times are never earlier instants, in any zone that shifts this way or that") {
    for (auto name : {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
                      "Africa/Casablanca", "America/Havana", "Atlantic/Azores", "Asia/Beirut",
                      "America/Santiago", "Antarctica/Troll", "Pacific/Apia"}) {
        const Zone there = zone(name);
        for (auto start : {"2011-12-01T00:00", "2026-01-01T00:00"}) {
            WallTime before = there.instant(local(start)) - std::chrono::hours(1);
            for (int i = 0; i < 370 * 24 * 4; ++i) {
                const LocalMinute time = local(start) + std::chrono::minutes(15 * i);
                const WallTime instant = there.instant(time);
                if (instant < before || there.local(instant) < time) FAIL(name << shown(time));
                before = instant;
            }
        }
    }
}

TEST_CASE("a mistyped name") {
    for (auto [written, meant] :
         std::vector<std::pair<const char*, const char*>>{{"europe/london", "Europe/London"},
                                                          {"EUROPE/LONDON", "Europe/London"},
                                                          {" Europe/London ", "Europe/London"},
                                                          {"Europe/Lodnon", "Europe/London"},
                                                          {"Europe/Londn", "Europe/London"},
                                                          {"Erope/London", "Europe/London"},
                                                          {"London", "Europe/London"},
                                                          {"london", "Europe/London"},
                                                          {"Londno", "Europe/London"},
                                                          {"New York", "America/New_York"},
                                                          {"America/New York", "America/New_York"},
                                                          {"Rome", "Europe/Rome"},
                                                          {"utc", "UTC"},
                                                          {"gmt", "GMT"},
                                                          {"etc/utc", "Etc/UTC"}}) {
        CAPTURE(written);
        CHECK(Zone::like(written) == meant);
    }
}

TEST_CASE("no guess is better than a wrong one") {
    for (auto written : {"", " ", "PST", "BST", "CEST", "GMT+1", "UTC+01:00", "+01:00", "GMT-3",
                         "somewhere far away", "Zzzzzzzz", "Europe"}) {
        CAPTURE(written);
        CHECK(Zone::like(written).empty());
    }
    CHECK(Zone::like(std::string(100000, 'x')).empty());
}

TEST_CASE("a million rows are looked up at once, and by several threads") {
    std::vector<std::thread> threads;
    std::vector<int> found(2);
    for (int& count : found) {
        threads.emplace_back([&count] {
            for (int i = 0; i < 200000; ++i) {
                const auto there = Zone::find(i % 2 == 0 ? "Asia/Tokyo" : "Asia/Tokio");
                count += there && there->local(WallTime()) == LocalMinute(std::chrono::hours(9));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(found == std::vector<int>{100000, 100000});
}
