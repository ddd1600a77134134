#include "mail/rfc5322_date.h"

#include <clocale>
#include <doctest/doctest.h>

using namespace tocsin;
using namespace std::chrono;

TEST_CASE("the date is in UTC with English names") {
    CHECK(rfc5322_date(sys_days{2026y / November / 23} + 19h) == "Mon, 23 Nov 2026 19:00:00 +0000");
    CHECK(rfc5322_date(WallTime{}) == "Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST_CASE("parts of a second are dropped, a leap day is a day") {
    CHECK(rfc5322_date(sys_days{2028y / February / 29} + 23h + 59min + 59s + 999ms) ==
          "Tue, 29 Feb 2028 23:59:59 +0000");
}

TEST_CASE("the names do not follow the locale") {
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    CHECK(rfc5322_date(sys_days{2026y / May / 5}) == "Tue, 05 May 2026 00:00:00 +0000");
    std::setlocale(LC_ALL, "C");
}
