// The single values of a schedule, as a campaign says them.
#include "campaign/calendar_reader.h"

#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using testing::kGoodCampaign;
using testing::WorkspaceFolder;

constexpr char kAt[] = "at: 2026-12-01 09:00";

// What is read where `schedule` has these lines.
std::optional<Schedule> schedule_of(const std::vector<std::string>& lines) {
    WorkspaceFolder folder;
    std::string text = kGoodCampaign + "schedule:\n";
    for (const std::string& line : lines) text += "  " + line + "\n";
    Findings findings;
    auto campaign = folder.campaign(text, findings);
    CAPTURE(testing::report(findings));
    REQUIRE(campaign);
    REQUIRE(campaign->schedule);
    return campaign->schedule->schedule;
}

// "COLUMN id: message (hint)" of the one fault of this line.
std::string fault_of(const std::string& line) {
    WorkspaceFolder folder;
    std::string text = kGoodCampaign + "schedule:\n";
    if (!line.starts_with("at:") && !line.starts_with("every:"))
        text += "  " + std::string(kAt) + "\n";
    Findings findings;
    auto campaign = folder.campaign(text + "  " + line + "\n", findings);
    CHECK_FALSE(campaign);
    REQUIRE(findings.all().size() == 1);
    const Finding& fault = findings.all()[0];
    std::string hint = fault.hint.empty() ? "" : " (" + fault.hint + ")";
    return std::to_string(fault.place.column) + " " + fault.id + ": " + fault.message + hint;
}

Weekdays days(std::initializer_list<int> set) {
    Weekdays days;
    for (int day : set) days.set(static_cast<std::size_t>(day));
    return days;
}

LocalMinute local(const char* text) {
    return parse_local(text).value();
}

}  // namespace

TEST_CASE("a time is a day and a time of it, quoted or not") {
    for (const char* text : {"at: 2026-12-01 09:00", "at: \"2026-12-01 09:00\"",
                             "at: 2026-12-01T09:00", "at: '2026-12-01T09:00'"}) {
        CAPTURE(std::string(text));
        CHECK(schedule_of({text})->at == local("2026-12-01T09:00"));
    }
}

TEST_CASE("what is no time says what is amiss with it") {
    CHECK(fault_of("at: 2026-12-01") ==
          "7 bad-time: `at` names a day without a time (write `2026-12-01 09:00`, or whenever it "
          "is)");
    CHECK(fault_of("at: 2026-02-30 09:00") ==
          "7 bad-time: `at`: no calendar and no clock shows `2026-02-30 09:00`");
    CHECK(fault_of("at: 2026-12-01 24:00") ==
          "7 bad-time: `at`: no calendar and no clock shows `2026-12-01 24:00`");
    CHECK(fault_of("at: 2026-12-01 09:00:30") ==
          "7 bad-time: `at` expects a day and a time, such as `2026-12-01 09:00`, found "
          "`2026-12-01 09:00:30` (write `2026-12-01 09:00`, without seconds)");
    for (std::string behind : {"Z", "+01:00", " Europe/London"}) {
        CAPTURE(behind);
        CHECK(fault_of("at: 2026-12-01T09:00" + behind)
                  .ends_with("(write `2026-12-01T09:00`, and the time zone as `timezone`)"));
    }
    for (std::string text :
         {"tomorrow", "09:00", "1 December 2026", "2026-12-1 9:00", "1764579600"}) {
        CAPTURE(text);
        CHECK(fault_of("at: " + text).ends_with("(write it as `2026-12-01 09:00`)"));
    }
}

TEST_CASE("a window is from minute to minute, past midnight, too") {
    auto window = [](const std::string& text) {
        return *schedule_of({kAt, "window: " + text})->window;
    };
    CHECK(window("08:00-20:00") == Window{8h, 20h});
    CHECK(window("\"08:30-20:15\"") == Window{8h + 30min, 20h + 15min});
    CHECK(window("22:00-06:00") == Window{22h, 6h});
    CHECK(window("00:00-24:00") == Window{0h, 24h});
    CHECK(window("20:00-00:00") == Window{20h, 24h});
}

TEST_CASE("a window that is none, or has no length") {
    for (std::string text :
         {"8-20", "08:00", "08:00–20:00", "08:00 - 20:00", "8:00-20:00", "08:00-25:00",
          "08:60-20:00", "24:00-08:00", "08:00-20:00 GMT", "08:00-24:01"}) {
        CAPTURE(text);
        CHECK(fault_of("window: " + text)
                  .starts_with("11 bad-window: `window` expects two times of the day, such as "
                               "`08:00-20:00`, found"));
    }
    CHECK(fault_of("window: 08:00-08:00") ==
          "11 bad-window: `window` ends when it begins (for the whole day, leave it out)");
    CHECK(fault_of("window: [08:00, 20:00]") ==
          "11 wrong-type: `window` expects text, found a list");
}

TEST_CASE("days, single ones, ranges and lists") {
    auto read = [](const std::string& text) { return schedule_of({kAt, "days: " + text})->days; };
    CHECK(read("mon-fri") == days({1, 2, 3, 4, 5}));
    CHECK(read("sat,sun") == days({6, 0}));
    CHECK(read("mon-wed, fri") == days({1, 2, 3, 5}));
    CHECK(read("fri-mon") == days({5, 6, 0, 1}));
    CHECK(read("tue") == days({2}));
    CHECK(read("tue-tue") == days({2}));
    CHECK(read("[mon, tue]") == days({1, 2}));
    CHECK(read("[mon-wed, \"fri,sat\"]") == days({1, 2, 3, 5, 6}));
    CHECK(schedule_of({kAt})->days.all());
}

TEST_CASE("a day that is none stands where it was written") {
    CHECK(fault_of("days: mon-fir") == "13 bad-day: there is no day `fir` (did you mean `fri`?)");
    CHECK(fault_of("days: Monday-fri") ==
          "9 bad-day: there is no day `Monday` (did you mean `mon`?)");
    CHECK(fault_of("days: \"sat, sonntag\"")
              .starts_with("15 bad-day: there is no day `sonntag` (the days are"));
    CHECK(fault_of("days: mon,,tue").starts_with("13 bad-day: `days` lacks a day here"));
    CHECK(fault_of("days: mon-").starts_with("13 bad-day: `days` lacks a day here"));
    CHECK(fault_of("days: 1-5").starts_with("9 bad-day: there is no day `1`"));
    CHECK(fault_of("days: [mon, thr]") ==
          "15 bad-day: there is no day `thr` (did you mean `thu`?)");
    CHECK(fault_of("days: []") == "9 no-value: `days` names no day");
}

TEST_CASE("a zone that there is not") {
    CHECK(fault_of("timezone: Europe/Londn") ==
          "13 unknown-zone: there is no time zone `Europe/Londn` (did you mean `Europe/London`?)");
    CHECK(fault_of("timezone: \"+01:00\"") ==
          "13 unknown-zone: there is no time zone `+01:00` (name it by continent and city: "
          "`Europe/London`)");
}

TEST_CASE("a fault of a cron expression stands at its character") {
    CHECK(schedule_of({"every: 0 9 * * mon"})->every->text() == "0 9 * * mon");
    CHECK(schedule_of({"every: \"@daily\""})->every->text() == "@daily");
    CHECK(fault_of("every: 0 25 * * mon").starts_with("12 bad-cron: `every`: "));
    CHECK(fault_of("every: \"0 25 * * mon\"").starts_with("13 bad-cron: `every`: "));
    CHECK(fault_of("every: 0 0 30 2 *").find(" bad-cron: `every`: ") != std::string::npos);
    CHECK(fault_of("every: * * * * *").find("quotes") != std::string::npos);
    CHECK(fault_of("every: */5 * * * *").find("quotes") != std::string::npos);
    CHECK(fault_of("every: @daily").find("quotes") != std::string::npos);
}

TEST_CASE("grace is a duration from a minute to 30 days") {
    CHECK(schedule_of({kAt, "grace: 90 minutes"})->grace == 90min);
    CHECK_FALSE(schedule_of({kAt})->grace);
    CHECK(fault_of("grace: 6h").starts_with("10 bad-duration: "));
    CHECK(fault_of("grace: 5 weeks").starts_with("10 out-of-range: "));
    CHECK(fault_of("grace: 1 second").starts_with("10 out-of-range: "));
}

}  // namespace tocsin
