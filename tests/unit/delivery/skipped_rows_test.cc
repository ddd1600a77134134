#include "delivery/skipped_rows.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

PlanRow row(SkipReason reason, const std::string& detail, const std::string& key = "k") {
    return {"a@x.example", key, {}, reason, detail};
}

}  // namespace

TEST_CASE("rows of one reason and detail are one group; who is mailed is in none") {
    SkippedRows rows;
    rows.add(row(SkipReason::kExcluded, "lists/b.csv"));
    rows.add(row(SkipReason::kNone, ""));
    rows.add(row(SkipReason::kSuppressed, ""));
    rows.add(row(SkipReason::kExcluded, "lists/a.csv"));
    rows.add(row(SkipReason::kExcluded, "lists/b.csv"));
    auto groups = rows.groups();
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].reason == SkipReason::kSuppressed);
    CHECK(groups[1].detail == "lists/b.csv");
    CHECK(groups[1].count == 2);
    CHECK(groups[2].detail == "lists/a.csv");
    CHECK(groups[1].places.empty());
}

TEST_CASE("bad rows are shown with the first of their places, and counted") {
    SkippedRows rows;
    for (int i = 1; i <= 15; ++i) {
        std::string place = "lists/m.csv:" + std::to_string(i);
        rows.add(row(SkipReason::kInvalid, place + ": no @", place));
    }
    auto groups = rows.groups();
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].detail == "no @");
    CHECK(groups[0].count == 15);
    REQUIRE(groups[0].places.size() == SkippedRows::kMostPlaces);
    CHECK(groups[0].places[0] == "lists/m.csv:1");
}

TEST_CASE("a thousand details do not become a thousand groups") {
    SkippedRows rows;
    for (int i = 0; i < 1000; ++i) rows.add(row(SkipReason::kSuppressed, std::to_string(i)));
    auto groups = rows.groups();
    CHECK(groups.size() == SkippedRows::kMostGroups + 1);
    CHECK(groups.back().detail.empty());
    CHECK(groups.back().count == 1000 - SkippedRows::kMostGroups);
}
