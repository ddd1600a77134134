#include "cli/mailing.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace tocsin;

namespace {

std::string parsed(const std::string& given) {
    const auto mailing = GivenMailing::parse(given);
    return mailing.campaign + " | " + mailing.occurrence;
}

}  // namespace

TEST_CASE("mailing: an id or a file, with and without an occurrence") {
    CHECK(parsed("weekly") == "weekly | ");
    CHECK(parsed("weekly@2026-12-07T09:00") == "weekly | 2026-12-07T09:00");
    CHECK(parsed("weekly@2026-12-07 09:00") == "weekly | 2026-12-07T09:00");
    CHECK(parsed("campaigns/weekly.yaml@2026-12-07T09:00") ==
          "campaigns/weekly.yaml | 2026-12-07T09:00");
}

TEST_CASE("mailing: an @ within a path is no occurrence's") {
    CHECK(parsed("camp@igns/weekly.yaml") == "camp@igns/weekly.yaml | ");
    CHECK(parsed("campaigns/weekly@2026.yaml") == "campaigns/weekly@2026.yaml | ");
    CHECK(parsed("a@b/weekly.yaml@2026-12-07T09:00") == "a@b/weekly.yaml | 2026-12-07T09:00");
}

TEST_CASE("mailing: what is no time is refused, and it says how they are called") {
    for (const char* given :
         {"weekly@", "weekly@monday", "weekly@2026-12-07", "weekly@2026-02-30T09:00"}) {
        CHECK_THROWS_AS(GivenMailing::parse(given), UsageError);
    }
}
