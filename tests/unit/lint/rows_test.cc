#include "lint/rows.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("rows: the first three are named, the others counted") {
    Rows rows;
    CHECK(rows.named() == "");
    for (int line : {12, 40, 41}) rows.add({"lists/a.csv", line, 1});
    CHECK(rows.named() == "lists/a.csv:12, lists/a.csv:40, lists/a.csv:41");
    for (int line = 50; line < 57; ++line) rows.add({"lists/b.csv", line, 1});
    CHECK(rows.count() == 10);
    CHECK(rows.named() == "lists/a.csv:12, lists/a.csv:40, lists/a.csv:41 … and 7 more");
}

TEST_CASE("rows: rare is at most three, under 1 %, of a hundred and more") {
    CHECK(is_rare(0, 100));
    CHECK_FALSE(is_rare(0, 99));
    CHECK_FALSE(is_rare(1, 100));
    CHECK(is_rare(1, 101));
    CHECK_FALSE(is_rare(3, 300));
    CHECK(is_rare(3, 301));
    CHECK_FALSE(is_rare(4, 1'000'000));
}

TEST_CASE("rows: people are counted as people") {
    CHECK(counted_people(1) == "1 person");
    CHECK(counted_people(2'345) == "2,345 people");
}
