#include "campaign/schedule_reader.h"

#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using testing::kGoodCampaign;
using testing::WorkspaceFolder;

constexpr char kConfig[] = "schedule: {timezone: Europe/Paris, grace: 2 hours}\n";

// The schedule of a campaign with these lines, in a workspace whose file is `config`.
std::optional<ScheduleDefinition> read(const std::string& lines, const std::string& config = "") {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config(config, findings);
    REQUIRE(workspace);
    folder.workspace().schedule = workspace->schedule;
    auto campaign = folder.campaign(kGoodCampaign + lines, findings);
    CAPTURE(testing::report(findings));
    REQUIRE(campaign);
    return campaign->schedule;
}

// What is found in a campaign with these lines, from its line 6 on.
std::string ids(const std::string& lines) {
    WorkspaceFolder folder;
    Findings findings;
    auto partly = parse_campaign_partly(SourceText("campaigns/c.yaml", kGoodCampaign + lines),
                                        folder.workspace(), findings);
    REQUIRE(partly);
    CHECK(partly->schedule.has_value() == !findings.has_errors());
    return testing::ids(findings);
}

}  // namespace

TEST_CASE("a campaign without a schedule has none") {
    CHECK_FALSE(read(""));
}

TEST_CASE("all keys of a schedule, and where they stand") {
    auto schedule = read(
        "schedule:\n"
        "  at: 2026-12-01 09:00\n"
        "  timezone: America/New_York\n"
        "  window: 08:00-20:00\n"
        "  days: mon-fri\n"
        "  not_after: 2026-12-03T18:00\n"
        "  grace: 1 hour\n");
    REQUIRE(schedule);
    const Schedule& read = schedule->schedule;
    CHECK(read.at == parse_local("2026-12-01T09:00"));
    CHECK_FALSE(read.every);
    CHECK(read.zone.name() == "America/New_York");
    CHECK_FALSE(read.by_recipient);
    CHECK(read.window == Window{8h, 20h});
    CHECK(read.days.count() == 5);
    CHECK(read.not_after == parse_local("2026-12-03T18:00"));
    CHECK(read.grace == 1h);
    CHECK(schedule->place == Place{"campaigns/c.yaml", 6, 1});
    CHECK(schedule->begins == Place{"campaigns/c.yaml", 7, 7});
    CHECK(schedule->opens == Place{"campaigns/c.yaml", 9, 11});
    CHECK(schedule->not_after == Place{"campaigns/c.yaml", 11, 14});
}

TEST_CASE("a recurring one, which goes by days alone") {
    auto schedule = read("schedule: {every: \"0 9 * * mon\", days: mon-fri}\n");
    REQUIRE(schedule);
    CHECK(schedule->schedule.every->text() == "0 9 * * mon");
    CHECK(schedule->begins.column == 19);
    CHECK(schedule->opens == Place{"campaigns/c.yaml", 6, 40});
    CHECK(schedule->not_after.line == 0);
}

TEST_CASE("without a zone the workspace's counts, and UTC where it names none") {
    CHECK(read("schedule: {at: 2026-12-01 09:00}\n")->schedule.zone.name() == "UTC");
    CHECK(read("schedule: {at: 2026-12-01 09:00}\n", kConfig)->schedule.zone.name() ==
          "Europe/Paris");
    CHECK(
        read("schedule: {at: 2026-12-01 09:00, timezone: UTC}\n", kConfig)->schedule.zone.name() ==
        "UTC");
    // The workspace's grace is not the campaign's: it may change before the campaign goes out.
    CHECK_FALSE(read("schedule: {at: 2026-12-01 09:00}\n", kConfig)->schedule.grace);
}

TEST_CASE("each person's own zone, and whose counts where there is none") {
    auto alone = read("schedule: {at: 2026-12-01 09:00, timezone: recipient}\n", kConfig);
    CHECK(alone->schedule.by_recipient);
    CHECK(alone->schedule.zone.name() == "Europe/Paris");
    auto named =
        read("schedule: {at: 2026-12-01 09:00, timezone: [recipient, Europe/London]}\n", kConfig);
    CHECK(named->schedule.by_recipient);
    CHECK(named->schedule.zone.name() == "Europe/London");
}

TEST_CASE("a list of zones that is not `recipient` and one zone") {
    for (const char* list : {"[recipient]", "[Europe/London]", "[]", "[Europe/London, recipient]",
                             "[recipient, Europe/London, Europe/Paris]"}) {
        CAPTURE(std::string(list));
        CHECK(ids("schedule: {at: 2026-12-01 09:00, timezone: " + std::string(list) + "}\n") ==
              "6:44 bad-value");
    }
    CHECK(ids("schedule: {at: 2026-12-01 09:00, timezone: [recipient, London]}\n") ==
          "6:56 unknown-zone");
    CHECK(ids("schedule: {at: 2026-12-01 09:00, timezone: {}}\n") == "6:44 wrong-type");
}

TEST_CASE("one beginning, neither none nor two") {
    CHECK(ids("schedule: {window: 08:00-20:00}\n") == "6:1 missing-key");
    CHECK(ids("schedule: {at: 2026-12-01 09:00, every: \"@daily\"}\n") == "6:34 at-and-every");
    CHECK(ids("schedule: {every: \"@daily\", at: 2026-12-01 09:00}\n") == "6:12 at-and-every");
}

TEST_CASE("what has no value, or is no schedule at all") {
    CHECK(ids("schedule:\n") == "6:1 no-value");
    CHECK(ids("schedule: 2026-12-01 09:00\n") == "6:11 wrong-type");
    CHECK(ids("schedule: {at: }\n") == "6:12 no-value");
    CHECK(ids("schedule: {at: 2026-12-01 09:00, window: , days: , not_after: , grace: , timezone: "
              "}\n") ==
          "6:34 no-value, 6:44 no-value, 6:52 no-value, 6:65 no-value, 6:74 no-value");
}

TEST_CASE("an unknown key is no part of a schedule that would be followed without it") {
    CHECK(ids("schedule: {at: 2026-12-01 09:00, until: 2026-12-01 10:00}\n") == "6:34 unknown-key");
}

TEST_CASE("all faults of a schedule are found in one run") {
    CHECK(ids("schedule:\n"
              "  at: 2026-12-01\n"
              "  timezone: Londn\n"
              "  window: 8-20\n"
              "  days: mo\n"
              "  not_after: never\n"
              "  grace: 6h\n") ==
          "7:7 bad-time, 8:13 unknown-zone, 9:11 bad-window, 10:9 bad-day, 11:14 bad-time, "
          "12:10 bad-duration");
}

TEST_CASE("a schedule that ends before it begins") {
    CHECK(ids("schedule: {at: 2026-12-01 09:00, not_after: 2026-12-01 08:59}\n") ==
          "6:45 ends-too-early");
    CHECK(ids("schedule: {at: 2026-12-01 09:00, not_after: 2026-12-01 09:00}\n") ==
          "6:45 ends-too-early");
    CHECK(ids("schedule: {at: 2026-12-01 09:00, not_after: 2026-12-01 09:01}\n").empty());
}

TEST_CASE("the defaults of tocsin.yaml") {
    WorkspaceFolder folder;
    Findings findings;
    auto without = folder.config("transports: {}\n", findings);
    REQUIRE(without);
    CHECK(without->schedule.zone.name() == "UTC");
    CHECK_FALSE(without->schedule.names_zone);
    CHECK(without->schedule.grace == 6h);
    auto with = folder.config(kConfig, findings);
    REQUIRE(with);
    CHECK(with->schedule.zone.name() == "Europe/Paris");
    CHECK(with->schedule.names_zone);
    CHECK(with->schedule.grace == 2h);
}

TEST_CASE("faults of the defaults") {
    auto ids = [](const std::string& text) {
        WorkspaceFolder folder;
        Findings findings;
        CHECK_FALSE(folder.config(text, findings));
        return testing::ids(findings);
    };
    CHECK(ids("schedule: {timezone: recipient}\n") == "1:22 bad-value");
    CHECK(ids("schedule: {timezone: Paris, grace: 1h}\n") ==
          "1:22 unknown-zone, 1:36 bad-duration");
    CHECK(ids("schedule: {at: 2026-12-01 09:00}\n") == "1:12 unknown-key");
    CHECK(ids("schedule: daily\n") == "1:11 wrong-type");
}

}  // namespace tocsin
