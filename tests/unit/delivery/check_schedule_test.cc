#include "delivery/check_schedule.h"

#include <doctest/doctest.h>

#include "schedule_support.h"
#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

constexpr char kNow[] = "2026-11-30T12:00";

Workspace with_relay(TransportLimits limits) {
    Workspace workspace;
    workspace.default_transport = "relay";
    workspace.transports["relay"] = {"relay", {}, SmtpSettings{}, std::move(limits)};
    return workspace;
}

TransportLimits at_rate(Rates rates) {
    TransportLimits limits;
    limits.rates = std::move(rates);
    return limits;
}

// What is said of a campaign to so many people.
std::string said_of(const Workspace& workspace, const Campaign& campaign, int people) {
    ScheduleCheck check(workspace, campaign);
    for (int i = 0; i < people; ++i) {
        std::string key = "p" + std::to_string(i) + (i % 2 == 0 ? "@gmail.com" : "@x.example");
        check.count({key, key, {}});
    }
    check.count({"gone@x.example", "gone@x.example", {}, SkipReason::kExcluded});
    Findings findings;
    check.report(utc(kNow), findings);
    return said(findings);
}

std::string said_of(const Schedule& schedule, TransportLimits limits, int people) {
    return said_of(with_relay(std::move(limits)), scheduled_campaign(schedule), people);
}

Schedule one_day() {
    return once("2026-12-01T09:00", "2026-12-01T18:00");
}

// What is said of the zones of a list.
std::string zones_of(const Schedule& schedule, const std::string& list) {
    testing::ListsFolder folder;
    folder.write("a.csv", list);
    Findings none;
    auto audience = folder.open({"a.csv"}, {}, none);
    REQUIRE(audience);
    const Workspace workspace;
    const Campaign campaign = scheduled_campaign(schedule);
    ScheduleCheck check(workspace, campaign);
    ZoneWatch watch(*audience, check.schedule());
    watch.for_each([](AudienceRow&) {}, [](const InvalidRow&) {}, none);
    Findings findings;
    check.report_zones(watch, findings);
    return said(findings);
}

Schedule by_recipient(Schedule schedule) {
    schedule.by_recipient = true;
    schedule.zone = Zone::find("Europe/London").value();
    return schedule;
}

}  // namespace

TEST_CASE("check schedule: nothing is said where there is none, or no limit, or time enough") {
    CHECK(said_of(with_relay(at_rate({{20, 1h}})), small_campaign(), 12'000).empty());
    CHECK(said_of(one_day(), {}, 12'000).empty());
    CHECK(said_of(one_day(), at_rate({{20, 1h}}), 180).empty());
    CHECK(said_of(once("2026-12-01T09:00"), at_rate({{20, 1h}}), 12'000).empty());
}

TEST_CASE("check schedule: a rate that cannot finish before `not_after`, with the arithmetic") {
    CHECK(
        said_of(one_day(), at_rate({{20, 1h}}), 12'000) ==
        "warning 4 schedule-too-slow: `not_after` comes too soon: 12,000 mails at 20/h need 24 "
        "days 23 h; from 2026-12-01 09:00 to 2026-12-01 18:00 there are 9 h 0 min: enough for 180 "
        "(raise the rate, or let `not_after` be later)\n");
    CHECK(said_of(one_day(), at_rate({{20, 1h}}), 181) != "");
}

TEST_CASE("check schedule: windows and days are counted") {
    Schedule schedule = once("2026-12-04T09:00", "2026-12-07T18:00");
    schedule.window = Window{8h, 12h};
    CHECK(said_of(schedule, at_rate({{20, 1h}}), 300)
              .find("there are 3 days 9 h, of which `window` leaves 15 h 0 min: enough for 300") ==
          std::string::npos);
    CHECK(said_of(schedule, at_rate({{20, 1h}}), 301)
              .find("there are 3 days 9 h, of which `window` leaves 15 h 0 min: enough for 300") !=
          std::string::npos);
    schedule.days.reset(0).reset(6);
    CHECK(said_of(schedule, at_rate({{20, 1h}}), 301)
              .find("of which `window` and `days` leave 7 h 0 min: enough for 140") !=
          std::string::npos);
}

TEST_CASE("check schedule: a day's budget counts through the hours in which nobody may send") {
    Schedule schedule = once("2026-12-04T09:00", "2026-12-05T09:00");
    schedule.window = Window{8h, 12h};
    // Two windows, and one day: the budget that opens anew is not for the second.
    CHECK(said_of(schedule, at_rate({{1, 1s}, {100, 24h}}), 150).find(": enough for 100 ") !=
          std::string::npos);
}

TEST_CASE("check schedule: the campaign's rate counts, too, and others are not named") {
    Campaign campaign = scheduled_campaign(one_day());
    campaign.rates = {{1, 1min}};
    CHECK(said_of(with_relay(at_rate({{20, 1s}})), campaign, 1000)
              .find("1,000 mails at 20/s and 1/min need 16 h 39 min") != std::string::npos);
    TransportLimits limits;
    limits.domains = {{"gmail.com", {{{10, 1h}}, {}}}};
    CHECK(said_of(one_day(), limits, 1000)
              .find("1,000 mails at the present limits need 49 h 54 min") == std::string::npos);
    CHECK(said_of(one_day(), limits, 1000)
              .find("1,000 mails at the present limits need 2 days 1 h") != std::string::npos);
    CHECK(said_of(one_day(), limits, 1000).find(": enough for 590") != std::string::npos);
}

TEST_CASE("check schedule: the transport is the campaign's, if it names one") {
    Workspace workspace = with_relay(at_rate({{20, 1h}}));
    workspace.transports["fast"] = {"fast", {}, SmtpSettings{}};
    Campaign campaign = scheduled_campaign(one_day());
    campaign.transport = Located{"fast", {}};
    CHECK(said_of(workspace, campaign, 12'000).empty());
    campaign.transport = Located{"unknown", {}};
    CHECK(said_of(workspace, campaign, 12'000).empty());
}

TEST_CASE("check schedule: an occurrence that is not done when the next one comes") {
    CHECK(said_of(again("0 9 * * *"), at_rate({{20, 1h}}), 480).empty());
    CHECK(said_of(again("0 9 * * *"), at_rate({{20, 1h}}), 481) ==
          "warning 2 schedule-too-slow: the next occurrence comes too soon: 481 mails at 20/h need "
          "24 h 0 min; from 2026-12-01 09:00 to 2026-12-02 09:00 there are 24 h 0 min: enough for "
          "480 (raise the rate, or let it come less often)\n");
}

TEST_CASE("check schedule: people's own clocks without a column to tell them") {
    const Schedule schedule = by_recipient(once("2026-12-01T09:00"));
    CHECK(zones_of(schedule, "email,time_zone\na@x.example,Europe/London\n") ==
          "error 5 schedule-column: no list has a column `timezone`, by which each person's mail "
          "would go (did you mean `time_zone`? Name that column `timezone`)\n");
    CHECK(zones_of(schedule, "email,name\na@x.example,Ann\n")
              .ends_with("(add it, or name one zone for everybody)\n"));
    CHECK(zones_of(schedule, "email,timezone\na@x.example,Europe/London\nb@x.example,\n").empty());
    CHECK(zones_of(once("2026-12-01T09:00"), "email,name\na@x.example,Ann\n").empty());
}

TEST_CASE("check schedule: cells that are no zone are counted, and the first is shown") {
    const Schedule schedule = by_recipient(once("2026-12-01T09:00"));
    CHECK(
        zones_of(schedule,
                 "email,timezone\na@x.example,Europe/Paris\nb@x.example,Europe/Londn\n") ==
        "warning 3 schedule-zone: `Europe/Londn` is no time zone; 1 person with such a `timezone` "
        "goes by the clocks of Europe/London (did you mean `Europe/London`?)\n");
    CHECK(
        zones_of(schedule, "email,timezone\na@x.example,+01:00\nb@x.example,x\n") ==
        "warning 2 schedule-zone: `+01:00` is no time zone; 2 people with such a `timezone` go by "
        "the clocks of Europe/London\n");
}

TEST_CASE("check schedule: people whose clocks are behind so far that `not_after` comes first") {
    const std::string list =
        "email,timezone\na@x.example,America/Los_Angeles\nb@x.example,America/New_York\n"
        "c@x.example,\nd@x.example,Asia/Tokyo\n";
    CHECK(zones_of(by_recipient(once("2026-12-01T09:00", "2026-12-01T12:00")), list) ==
          "warning 4 schedule-zone-late: `not_after` comes too soon for 2 people of 2 zones, "
          "America/Los_Angeles first: they would get nothing (let `not_after` be a day later)\n");
    CHECK(zones_of(by_recipient(once("2026-12-01T09:00", "2026-12-01T15:00")), list)
              .find("1 person of 1 zone, America/Los_Angeles: they would") != std::string::npos);
    CHECK(zones_of(by_recipient(once("2026-12-01T09:00", "2026-12-02T12:00")), list).empty());
}
