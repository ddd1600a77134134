#include "preview/line_diff.h"

#include <doctest/doctest.h>
#include <random>

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

Lines numbers(int from, int to) {
    Lines lines;
    for (int i = from; i <= to; ++i) lines.push_back(std::to_string(i));
    return lines;
}

std::string diff(const Lines& then, const Lines& now) {
    return unified_diff(then, now, false);
}

}  // namespace

TEST_CASE("nothing differs: nothing is written") {
    CHECK(diff({}, {}).empty());
    CHECK(diff(numbers(1, 50), numbers(1, 50)).empty());
}

TEST_CASE("a changed line stands between three lines of context") {
    Lines now = numbers(1, 10);
    now[4] = "five";
    CHECK(diff(numbers(1, 10), now) == "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("all came, all went, one came at the beginning and at the end") {
    CHECK(diff({}, {"a", "b"}) == "@@ -0,0 +1,2 @@\n+a\n+b\n");
    CHECK(diff({"a"}, {}) == "@@ -1 +0,0 @@\n-a\n");
    CHECK(diff({"a"}, {"x", "a"}) == "@@ -1 +1,2 @@\n+x\n a\n");
    CHECK(diff({"a"}, {"a", "x"}) == "@@ -1 +1,2 @@\n a\n+x\n");
}

TEST_CASE("changes far apart are two hunks, close ones are one") {
    Lines now = numbers(1, 30);
    now[4] = "x";
    now[20] = "y";
    std::string text = diff(numbers(1, 30), now);
    CHECK(text.starts_with("@@ -2,7 +2,7 @@\n"));
    CHECK(text.find("\n@@ -18,7 +18,7 @@\n") != std::string::npos);
    now = numbers(1, 30);
    now[4] = "x";
    now[10] = "y";
    text = diff(numbers(1, 30), now);
    CHECK(text.starts_with("@@ -2,13 +2,13 @@\n"));
    CHECK(text.find("\n@@") == std::string::npos);
}

TEST_CASE("lines of a text, with and without an end, with CR LF") {
    CHECK(lines_of("").empty());
    CHECK(lines_of("a\nb") == Lines{"a", "b"});
    CHECK(lines_of("a\r\nb\n") == Lines{"a", "b"});
    CHECK(lines_of("a\n\nb\n") == Lines{"a", "", "b"});
}

TEST_CASE("on a terminal the words that changed are marked, and only they") {
    std::string text = unified_diff({"Dear Ann, act now"}, {"Dear Ann, act today"}, true);
    CHECK(text.find("-Dear Ann, act \033[7mnow\033[27m") != std::string::npos);
    CHECK(text.find("+Dear Ann, act \033[7mtoday\033[27m") != std::string::npos);
}

TEST_CASE("what would steer a terminal does not reach it") {
    CHECK(diff({"a"}, {"\033[2J"}) == "@@ -1 +1 @@\n-a\n+?[2J\n");
    CHECK(unified_diff({"a"}, {"\033[2J"}, true).find("\033[2J") == std::string::npos);
    CHECK(unified_diff({"a", "b"}, {"\033[2J"}, true).find("\033[2J") == std::string::npos);
}

TEST_CASE("whatever is compared: the script gives both sides back") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        Lines then, now;
        for (auto i = random() % 30; i > 0; --i) then.push_back(std::to_string(random() % 5));
        for (auto i = random() % 30; i > 0; --i) now.push_back(std::to_string(random() % 5));
        Lines earlier, later;
        for (const Edit& edit : edit_script(then, now)) {
            if (edit.kind != Edit::Kind::kAdded) earlier.push_back(edit.text);
            if (edit.kind != Edit::Kind::kRemoved) later.push_back(edit.text);
        }
        REQUIRE(earlier == then);
        REQUIRE(later == now);
    }
}

TEST_CASE("two large texts that have nothing in common come to an end") {
    Lines then = numbers(1, 3000), now = numbers(10001, 13000);
    Lines earlier, later;
    for (const Edit& edit : edit_script(then, now)) {
        if (edit.kind != Edit::Kind::kAdded) earlier.push_back(edit.text);
        if (edit.kind != Edit::Kind::kRemoved) later.push_back(edit.text);
    }
    CHECK(earlier == then);
    CHECK(later == now);
}
