#include "delivery/relay_log/log_line.h"

#include <cstdlib>
#include <ctime>
#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

namespace {

// The process's zone, for as long as it lives.
struct Zone {
    explicit Zone(const char* name) {
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    ~Zone() {
        ::unsetenv("TZ");
        ::tzset();
    }
};

WallTime utc(const char* text) {
    return parse_iso8601(text).value();
}

std::string parts(const char* line) {
    auto found = parse_log_line(line);
    if (!found) return "-";
    return std::string(found->stamp) + "|" + std::string(found->program) + "|" +
           std::string(found->text);
}

std::string time_in(const char* stamp, const char* now = "2026-11-24T12:00:00Z") {
    auto time = log_time(stamp, utc(now));
    return time ? iso8601(*time) : "-";
}

}  // namespace

TEST_CASE("every form of a line is taken apart") {
    CHECK(parts("Nov 24 06:27:32 relay postfix/qmgr[32557]: E75E0: removed") ==
          "Nov 24 06:27:32|postfix/qmgr|E75E0: removed");
    CHECK(parts("Nov  4 06:27:32.123456 relay smtpd[1]: 83b3 smtp connected") ==
          "Nov  4 06:27:32.123456|smtpd|83b3 smtp connected");
    CHECK(parts("2026-11-24T06:27:32.98+01:00 relay postfix-out/smtp[7]: 4XyZ: to=<a@b.example>") ==
          "2026-11-24T06:27:32.98+01:00|postfix-out/smtp|4XyZ: to=<a@b.example>");
    CHECK(parts("2026-11-24 06:26:14 1xVjyo-0007gH-2B Completed") ==
          "2026-11-24 06:26:14|exim|1xVjyo-0007gH-2B Completed");
    CHECK(parts("2026-11-24 06:26:14.123 +0000 [4711] 1xVjyo-0007gH-2B Completed") ==
          "2026-11-24 06:26:14.123 +0000|exim|1xVjyo-0007gH-2B Completed");
    CHECK(
        parts(
            "Nov 24 06:26:14 relay exim[9]: 2026-11-24 06:26:14 [9] 1xVjyo-0007gH-2B Completed") ==
        "Nov 24 06:26:14|exim|1xVjyo-0007gH-2B Completed");
    CHECK(parts("Nov 24 06:26:14 relay exim4[9]: 1xVjyo-0007gH-2B Completed") ==
          "Nov 24 06:26:14|exim|1xVjyo-0007gH-2B Completed");
}

TEST_CASE("what is no line of a log is none") {
    for (const char* line : {"", " ", "Nov", "Nov 24", "Nov 24 06:27:32", "Nov 24 06:27:32 relay",
                             "Foo 24 06:27:32 r p: t", "2026-11-24", "2026-11-24 x",
                             "2026-11-24Tx r p: t", " Suggested action: use keep_environment."}) {
        CAPTURE(line);
        CHECK(parts(line) == "-");
    }
}

TEST_CASE("a stamp with a zone means the same everywhere") {
    Zone zone("Asia/Tokyo");
    CHECK(time_in("2026-11-24T06:27:32Z") == "2026-11-24T06:27:32Z");
    CHECK(time_in("2026-11-24T06:27:32.98+01:00") == "2026-11-24T05:27:32Z");
    CHECK(time_in("2026-11-24T06:27:32-0330") == "2026-11-24T09:57:32Z");
    CHECK(time_in("2026-11-24 06:26:14.123 +0200") == "2026-11-24T04:26:14Z");
}

TEST_CASE("a stamp without a zone is of this machine's") {
    Zone zone("Europe/Berlin");
    CHECK(time_in("2026-11-24 06:26:14") == "2026-11-24T05:26:14Z");
    CHECK(time_in("2026-07-24 06:26:14") == "2026-07-24T04:26:14Z");
    CHECK(time_in("Nov 24 06:27:32") == "2026-11-24T05:27:32Z");
    CHECK(time_in("Jul  4 06:27:32.5") == "2026-07-04T04:27:32Z");
}

TEST_CASE("a stamp without a year is the latest that is not to come") {
    Zone zone("UTC");
    CHECK(time_in("Nov 24 23:00:00") == "2026-11-24T23:00:00Z");
    CHECK(time_in("Nov 26 12:00:00") == "2025-11-26T12:00:00Z");
    CHECK(time_in("Dec 31 23:59:59", "2027-01-01T00:10:00Z") == "2026-12-31T23:59:59Z");
    CHECK(time_in("Jan  1 00:00:01", "2026-12-31T23:59:59Z") == "2027-01-01T00:00:01Z");
}

TEST_CASE("a stamp that is none gives no time") {
    for (const char* stamp :
         {"", "Nov", "Nov xx 06:27:32", "Nov 24 0x:27:32", "2026-1x-24 06:26:14", "2026-11-24"}) {
        CAPTURE(stamp);
        CHECK(time_in(stamp) == "-");
    }
}
