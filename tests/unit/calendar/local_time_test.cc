#include "calendar/local_time.h"

#include <doctest/doctest.h>

#include "unit/calendar/times.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("a local time is shown as it is written, with a T") {
    CHECK(shown(local("2026-12-01 09:00")) == "2026-12-01T09:00");
    CHECK(shown(local("2026-12-01T23:59")) == "2026-12-01T23:59");
    CHECK(shown(local("0001-01-01T00:00")) == "0001-01-01T00:00");
    CHECK(shown(local("1969-12-31T23:59")) == "1969-12-31T23:59");
    CHECK(shown(LocalMinute()) == "1970-01-01T00:00");
}

TEST_CASE("what is not exactly such a time is none") {
    for (auto text :
         {"", "2026-12-01", "2026-12-01T9:00", "2026-12-01T09:00:00", "2026-12-01T09:00Z",
          " 2026-12-01T09:00", "2026-12-01T09:00 ", "2026-12-01t09:00", "2026-12-01  09:00",
          "2026/12/01T09:00", "2026-12-01T09.00", "26-12-01T09:00", "-026-12-01T09:00",
          "+026-12-01T09:00", "2026-12-01T0x:00", "2026-12-01T-1:00", "２026-12-01T09:00"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_local(text));
    }
}

TEST_CASE("impossible dates and times are refused, not rolled over") {
    for (auto text :
         {"2026-02-29T09:00", "2100-02-29T09:00", "2026-04-31T09:00", "2026-13-01T09:00",
          "2026-00-01T09:00", "2026-01-00T09:00", "2026-01-32T09:00", "2026-01-01T24:00",
          "2026-01-01T09:60", "2026-01-01T99:99"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_local(text));
    }
    CHECK(parse_local("2028-02-29T09:00"));
    CHECK(parse_local("2000-02-29T09:00"));
}

TEST_CASE("every day of 800 years comes back") {
    auto first = local("1800-01-01T00:00"), last = local("2600-01-01T00:00");
    for (LocalMinute time = first; time < last; time += std::chrono::minutes(24 * 60 + 1)) {
        REQUIRE(parse_local(shown(time)) == time);
    }
}
