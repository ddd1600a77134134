#include "calendar/cron_expression.h"

#include <chrono>
#include <doctest/doctest.h>
#include <random>
#include <vector>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

// The next `count` matches, with a blank after each.
std::string matches(const std::string& expression, const std::string& after, int count) {
    const CronExpression parsed = cron(expression);
    std::string all;
    for (LocalMinute time = local(after); count > 0; --count) {
        time = parsed.next(time);
        all += shown(time) + " ";
    }
    return all;
}

// The minutes of one hour that an expression matches, "0 15 ".
std::string minutes_of(const std::string& field) {
    const CronExpression parsed = cron(field + " * * * *");
    std::string all;
    const LocalMinute hour = local("2026-12-01T09:00");
    for (LocalMinute time = parsed.next(hour - std::chrono::minutes(1));
         time < hour + std::chrono::hours(1); time = parsed.next(time)) {
        all += std::to_string((time - hour).count()) + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("the next match is later than the time asked for, to the minute") {
    CHECK(matches("0 9 * * *", "2026-12-01T08:59", 2) == "2026-12-01T09:00 2026-12-02T09:00 ");
    CHECK(matches("0 9 * * *", "2026-12-01T09:00", 1) == "2026-12-02T09:00 ");
    CHECK(matches("* * * * *", "2026-12-31T23:59", 1) == "2027-01-01T00:00 ");
    CHECK(matches("59 23 31 12 *", "2026-12-31T23:58", 2) == "2026-12-31T23:59 2027-12-31T23:59 ");
    CHECK(matches("30 9,17 * * *", "2026-12-01T09:30", 2) == "2026-12-01T17:30 2026-12-02T09:30 ");
}

TEST_CASE("lists, ranges and steps") {
    CHECK(minutes_of("*/15") == "0 15 30 45 ");
    CHECK(minutes_of("1-5/2") == "1 3 5 ");
    CHECK(minutes_of("5,10-12") == "5 10 11 12 ");
    CHECK(minutes_of("10-12,5,5") == "5 10 11 12 ");
    CHECK(minutes_of("*/25") == "0 25 50 ");
    CHECK(minutes_of("*/60") == "0 ");
    CHECK(minutes_of("7-7") == "7 ");
    CHECK(minutes_of("0-59/59") == "0 59 ");
    CHECK(minutes_of("05") == "5 ");
    CHECK(minutes_of("*/30,59") == "0 30 59 ");
}

TEST_CASE("days of the week: 0 and 7 are Sunday, names in any case") {
    for (auto days : {"0", "7", "sun", "SUN", "Sun", "*/7", "7-7", "sun-sun"}) {
        CAPTURE(days);
        CHECK(matches(std::string("0 9 * * ") + days, "2026-12-01T00:00", 2) ==
              "2026-12-06T09:00 2026-12-13T09:00 ");
    }
    CHECK(matches("0 9 * * mon-fri", "2026-12-04T09:00", 2) ==
          "2026-12-07T09:00 2026-12-08T09:00 ");
    for (auto weekend : {"sat-sun", "6-7", "sat-7", "6,0", "sat,sun", "6-sun"}) {
        CAPTURE(weekend);
        CHECK(matches(std::string("0 9 * * ") + weekend, "2026-12-04T09:00", 3) ==
              "2026-12-05T09:00 2026-12-06T09:00 2026-12-12T09:00 ");
    }
    CHECK(matches("0 9 * * sun-mon", "2026-12-01T00:00", 3) ==
          "2026-12-06T09:00 2026-12-07T09:00 2026-12-13T09:00 ");
}

TEST_CASE("months by number and name") {
    for (auto months : {"3,6,9,12", "mar,jun,SEP,Dec", "3-12/3", "mar-dec/3"}) {
        CAPTURE(months);
        CHECK(matches(std::string("0 0 1 ") + months + " *", "2026-12-01T00:00", 3) ==
              "2027-03-01T00:00 2027-06-01T00:00 2027-09-01T00:00 ");
    }
}

TEST_CASE("both days restricted: either is enough") {
    // 13 December is a Sunday; Fridays are 4, 11, 18.
    CHECK(matches("0 9 13 * fri", "2026-12-01T00:00", 4) ==
          "2026-12-04T09:00 2026-12-11T09:00 2026-12-13T09:00 2026-12-18T09:00 ");
    // Even where the date alone never comes.
    CHECK(matches("0 9 30 2 fri", "2027-01-31T00:00", 2) == "2027-02-05T09:00 2027-02-12T09:00 ");
}

TEST_CASE("a day that begins with `*` restricts nothing by itself: both must fit") {
    CHECK(matches("0 9 * * fri", "2026-12-01T00:00", 2) == "2026-12-04T09:00 2026-12-11T09:00 ");
    CHECK(matches("0 9 13 * *", "2026-12-01T00:00", 2) == "2026-12-13T09:00 2027-01-13T09:00 ");
    CHECK(matches("0 9 */2 * fri", "2026-12-01T00:00", 2) == "2026-12-11T09:00 2026-12-25T09:00 ");
    CHECK(matches("0 9 13 * */5", "2026-12-01T00:00", 2) == "2026-12-13T09:00 2027-06-13T09:00 ");
    // The first character decides, as in crontab.
    CHECK(matches("0 9 1-31 * fri", "2026-12-01T00:00", 2) == "2026-12-01T09:00 2026-12-02T09:00 ");
}

TEST_CASE("nicknames") {
    CHECK(matches("@hourly", "2026-12-01T09:30", 1) == "2026-12-01T10:00 ");
    CHECK(matches("@daily", "2026-12-01T09:30", 1) == "2026-12-02T00:00 ");
    CHECK(matches("@midnight", "2026-12-01T09:30", 1) == "2026-12-02T00:00 ");
    CHECK(matches("@weekly", "2026-12-01T09:30", 1) == "2026-12-06T00:00 ");
    CHECK(matches("@monthly", "2026-12-01T09:30", 1) == "2027-01-01T00:00 ");
    CHECK(matches("@yearly", "2026-12-01T09:30", 1) == "2027-01-01T00:00 ");
    CHECK(matches("@annually", "2026-12-01T09:30", 1) == "2027-01-01T00:00 ");
    CHECK(cron(" @Daily ").text() == "@daily");
}

TEST_CASE("29 February, and what comes once in decades") {
    CHECK(matches("0 0 29 2 *", "2026-12-01T00:00", 3) ==
          "2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00 ");
    CHECK(matches("0 0 29 2 *", "2096-02-29T00:00", 1) == "2104-02-29T00:00 ");
    // On a Sunday.
    CHECK(matches("0 0 29 2 */7", "2026-12-01T00:00", 3) ==
          "2032-02-29T00:00 2060-02-29T00:00 2088-02-29T00:00 ");
    CHECK(matches("0 0 29 2 */7", "2088-02-29T00:00", 1) == "2128-02-29T00:00 ");
    CHECK(matches("0 0 31 * *", "2026-01-31T00:00", 2) == "2026-03-31T00:00 2026-05-31T00:00 ");
}

TEST_CASE("the text is in one form") {
    CHECK(cron("  0\t9  * *   MON\n").text() == "0 9 * * mon");
    CHECK(cron("0 9 * * MON") == cron("0 9 * * mon"));
    CHECK_FALSE(cron("0 9 * * mon") == cron("0 9 * * tue"));
}

TEST_CASE("what would never match is refused") {
    for (auto never : {"0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 31 feb */2", "0 0 30,31 2 *"}) {
        CAPTURE(never);
        CHECK(fault(never).at == 4);
        CHECK(fault(never).message.find("it would never match") != std::string::npos);
    }
    CHECK(fault("0 0 30,31 2 *").message ==
          "no month of those named has the day of month `30,31`: it would never match");
}

TEST_CASE("a fault names the field, the character, and what to write") {
    struct Case {
        const char* text;
        std::size_t at;
        const char* message;
    };
    for (const Case& c : std::vector<Case>{
             {"60 * * * *", 0, "the minute 60 is not between 0 and 59"},
             {"0 25 * * *", 2, "the hour 25 is not between 0 and 23"},
             {"0  9 0 * *", 5, "the day of month 0 is not between 1 and 31"},
             {"0 9 32 * *", 4, "the day of month 32 is not between 1 and 31"},
             {"0 9 * 13 *", 6, "the month 13 is not between 1 and 12"},
             {"0 9 * * 8", 8, "the day of week 8 is not between 0 and 7"},
             {"0 9,x * * *", 4, "the hour `x` is not a number"},
             {"0 9 * * monday", 8,
              "the day of week `monday` is none of sun, mon, tue, wed, thu, fri, sat"},
             {"0 9 * mai *", 6,
              "the month `mai` is none of jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, "
              "dec"},
             {"0 9 mon * *", 4, "the day of month `mon` is not a number"},
             {"0 9h * * *", 2, "the hour `9h` is not a number"},
             {"0 -9 * * *", 2, "the hour has `-` where a number belongs"},
             {"0 9, * * *", 4, "the hour ends where a number belongs"},
             {"0 9- * * *", 4, "the hour ends where a number belongs"},
             {"0 ,9 * * *", 2, "the hour has `,` where a number belongs"},
             {"0 9 ? * *", 4, "the day of month has `?` where a number belongs"},
             {"0 9 * * 5#2", 9, "the day of week has `#` where `,` or the end belongs"},
             {"0 9 * * ä", 8, "the day of week has `ä` where a number or name belongs"},
             {"0 9 ** * *", 5, "the day of month has `*` where `,` or the end belongs"},
             {"0 9 *-5 * *", 5, "the day of month has `-` where `,` or the end belongs"},
             {"0 1-2-3 * * *", 5, "the hour has `-` where `,` or the end belongs"},
             {"*/0 * * * *", 2, "the minute step 0 is not between 1 and 60"},
             {"*/90 * * * *", 2, "the minute step 90 is not between 1 and 60"},
             {"*/ * * * *", 2, "the minute ends where a step, a number, belongs"},
             {"*/x * * * *", 2, "the minute has `x` where a step, a number, belongs"},
             {"5/15 * * * *", 1,
              "the minute has a step without a range: write `5-59/15`, for instance"},
             {"0 9 * * mon/2", 11,
              "the day of week has a step without a range: write `mon-sat/2`, for instance"},
             {"0 22-6 * * *", 2, "the hour `22-6` goes backwards: write `22-23,0-6`"},
             {"0 23-0 * * *", 2, "the hour `23-0` goes backwards: write `23,0`"},
             {"0 9 * * fri-mon", 8,
              "the day of week `fri-mon` goes backwards: write `fri-sat,sun-mon`"},
             {"0 9 * * 7-2", 8, "the day of week `7-2` goes backwards: write `0-2`"},
             {"0 9 * nov-jan *", 6, "the month `nov-jan` goes backwards: write `nov-dec,jan`"},
             {"99999999999999999999 * * * *", 0,
              "the minute 99999999999999999999 is not between 0 and 59"},
             {"", 0,
              "a cron expression has five fields; missing here: minute, hour, day of month, month, "
              "day of week"},
             {"0 9 * *", 7, "a cron expression has five fields; missing here: day of week"},
             {"0 9 * * * root", 10,
              "`root` is one field too many: a cron expression has minute, hour, day of month, "
              "month, day of week"},
             {"@reboot", 0, "`@reboot` is none of @hourly, @daily, @weekly, @monthly, @yearly"},
             {" @daily x", 8, "nothing may follow `@daily`"}}) {
        CAPTURE(c.text);
        CHECK(fault(c.text).at == c.at);
        CHECK(fault(c.text).message == c.message);
    }
}

// What is proposed in a fault must be taken.
TEST_CASE("what a fault says to write is right") {
    CHECK(matches("0 22-23,0-6 * * *", "2026-12-01T06:00", 2) ==
          "2026-12-01T22:00 2026-12-01T23:00 ");
    CHECK(matches("0 9 * * fri-sat,sun-mon", "2026-12-01T10:00", 4) ==
          "2026-12-04T09:00 2026-12-05T09:00 2026-12-06T09:00 2026-12-07T09:00 ");
    CHECK(matches("0 9 * * mon-sat/2", "2026-12-01T10:00", 3) ==
          "2026-12-02T09:00 2026-12-04T09:00 2026-12-07T09:00 ");
}

namespace {

// One field, made up at random, and whom it matches by its definition.
struct MadeUp {
    std::string text;
    std::vector<bool> takes;  // by number
    bool is_any = false;
};

MadeUp make_up(std::mt19937& random, int lowest, int highest) {
    auto number = [&random](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    };
    MadeUp field{"", std::vector<bool>(static_cast<std::size_t>(highest) + 1), false};
    const int items = number(1, 2);
    for (int i = 0; i < items; ++i) {
        int from = lowest, to = highest, step = 1;
        std::string item = "*";
        const int kind = number(0, 3);
        if (kind >= 2) {
            from = number(lowest, highest);
            to = kind == 2 ? from : number(from, highest);
            item = std::to_string(from) + (kind == 2 ? "" : "-" + std::to_string(to));
        }
        if (kind % 2 == 1) {
            step = number(1, 7);
            item += "/" + std::to_string(step);
        }
        for (int n = from; n <= to; n += step) field.takes[static_cast<std::size_t>(n)] = true;
        field.is_any = field.is_any || (i == 0 && item.starts_with('*'));
        field.text += (i == 0 ? "" : ",") + item;
    }
    return field;
}

}  // namespace

TEST_CASE("whatever the expression, the next match is the first of all minutes that match") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        MadeUp minute = make_up(random, 0, 59), hour = make_up(random, 0, 23),
               day = make_up(random, 1, 31), month = make_up(random, 1, 12),
               weekday = make_up(random, 0, 7);
        const std::string text =
            minute.text + " " + hour.text + " " + day.text + " " + month.text + " " + weekday.text;
        CAPTURE(text);
        auto parsed = CronExpression::parse(text);
        if (!std::holds_alternative<CronExpression>(parsed)) continue;
        LocalMinute expected = local("2027-12-30T22:00");
        const LocalMinute found = std::get<CronExpression>(parsed).next(expected);
        auto takes = [&](LocalMinute time) {
            const auto midnight = std::chrono::floor<std::chrono::days>(time);
            const std::chrono::year_month_day date(midnight);
            const auto of_day = static_cast<std::size_t>((time - midnight).count());
            const auto of_week = std::chrono::weekday(midnight).c_encoding();
            const bool by_date = day.takes[static_cast<unsigned>(date.day())];
            const bool by_weekday = weekday.takes[of_week] || (of_week == 0 && weekday.takes[7]);
            const bool both = day.is_any || weekday.is_any;
            return minute.takes[of_day % 60] && hour.takes[of_day / 60] &&
                   month.takes[static_cast<unsigned>(date.month())] &&
                   (both ? by_date && by_weekday : by_date || by_weekday);
        };
        do {
            expected += std::chrono::minutes(1);
        } while (expected < found && !takes(expected));
        REQUIRE(takes(found));
        REQUIRE(found == expected);
    }
}

TEST_CASE("a match decades away is found at once") {
    const CronExpression rare = cron("0 0 29 2 */7");
    LocalMinute time = local("2026-12-01T00:00");
    for (int i = 0; i < 200; ++i) time = rare.next(time);
    CHECK(time > local("7000-01-01T00:00"));
}
