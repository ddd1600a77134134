#include "delivery/audience_hash.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

const Columns kColumns{"first_name", "unused", "city"};

std::string hash(const std::vector<PlanRow>& rows, const Columns& columns = kColumns,
                 const std::vector<std::size_t>& used = {0, 2}) {
    AudienceHash hash(columns, used);
    for (const PlanRow& row : rows) hash.add(row);
    return hash.finish();
}

PlanRow person(const std::string& address, const std::string& name = "Ann",
               const std::string& city = "York", const std::string& unused = "x") {
    return {address, address, {name, unused, city}, SkipReason::kNone, ""};
}

PlanRow skipped(const std::string& address, SkipReason reason, const std::string& detail = "") {
    return {address, address, {}, reason, detail};
}

}  // namespace

TEST_CASE("the order of rows, and of columns, changes nothing") {
    CHECK(hash({person("a@x.example"), person("b@x.example")}) ==
          hash({person("b@x.example"), person("a@x.example")}));
    PlanRow turned{"a@x.example", "a@x.example", {"York", "Ann"}, SkipReason::kNone, ""};
    CHECK(hash({person("a@x.example")}) == hash({turned}, {"city", "first_name"}, {0, 1}));
}

TEST_CASE("of a thousand rows, too, the order changes nothing, and each counts") {
    std::vector<PlanRow> rows;
    for (int i = 0; i < 1000; ++i) rows.push_back(person("p" + std::to_string(i) + "@x.example"));
    const std::string before = hash(rows);
    std::vector<PlanRow> turned(rows.rbegin(), rows.rend());
    CHECK(hash(turned) == before);
    turned[500].cells[0] = "Bo";
    CHECK(hash(turned) != before);
}

TEST_CASE("a column that the mail does not use, or one that is empty, changes nothing") {
    CHECK(hash({person("a@x.example")}) == hash({person("a@x.example", "Ann", "York", "other")}));
    PlanRow without{"a@x.example", "a@x.example", {"Ann"}, SkipReason::kNone, ""};
    CHECK(hash({person("a@x.example", "Ann", "")}) == hash({without}, {"first_name"}, {0}));
}

TEST_CASE("one person more, another spelling, another cell, another reason: another hash") {
    const std::string before = hash({person("a@x.example")});
    CHECK(before.size() == 64);
    CHECK(before != hash({}));
    CHECK(before != hash({person("a@x.example"), person("b@x.example")}));
    CHECK(before != hash({person("a@x.example"), person("a@x.example")}));
    CHECK(before != hash({person("A@x.example")}));
    CHECK(before != hash({person("a@x.example", "Anna")}));
    CHECK(before != hash({person("a@x.example", "York", "Ann")}));
    CHECK(before != hash({skipped("a@x.example", SkipReason::kSuppressed)}));
    CHECK(hash({skipped("a@x.example", SkipReason::kSuppressed)}) !=
          hash({skipped("a@x.example", SkipReason::kExcluded)}));
}

TEST_CASE("where one text ends and the next begins counts") {
    CHECK(hash({person("a@x.example", "1:", "b")}) != hash({person("a@x.example", "1", ":b")}));
}

TEST_CASE("where a bad row stands changes nothing, what stands there does") {
    PlanRow one{"nonsense", "lists/m.csv:3", {}, SkipReason::kInvalid, "lists/m.csv:3: no @"};
    PlanRow moved = one;
    moved.key = "lists/m.csv:4";
    moved.detail = "lists/m.csv:4: no @";
    CHECK(hash({one}) == hash({moved}));
    moved.address = "other nonsense";
    CHECK(hash({one}) != hash({moved}));
}

TEST_CASE("a top-up gives another hash, by what came and by what was there") {
    CHECK(topped_up("a", "b") != topped_up("b", "a"));
    CHECK(topped_up("a", "b").size() == 64);
    AudienceHash none({}, {});
    CHECK(none.empty());
}
