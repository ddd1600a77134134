#include "base/diagnostic.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

Finding finding(std::string id, Place place) {
    return {Severity::kError, std::move(id), std::move(place), "something is wrong", "", ""};
}

}  // namespace

TEST_CASE("a finding shows file, line, column, the line and a caret under the character") {
    SourceText source("a.yaml", "one\ntwö: x\n");
    Findings findings;
    findings.error(source, source.place(10), "bad-x", "`x` is bad", "write `y`");
    CHECK(format(findings.all().at(0)) ==
          "a.yaml:2:7: error: `x` is bad [bad-x]\n  twö: x\n       ^\n  hint: write `y`\n");
}

TEST_CASE("control characters of a file do not reach the terminal") {
    Finding hostile = finding("x", {"a", 1, 1});
    hostile.excerpt = "a\x1b[31m\tb";
    CHECK(format(hostile) == "a:1:1: error: something is wrong [x]\n  a?[31m b\n  ^\n");
}

TEST_CASE("a long line is cut around its column") {
    Finding wide = finding("x", {"a", 1, 300});
    wide.excerpt = std::string(299, 'a') + "b" + std::string(299, 'c');
    std::string text = format(wide);
    CHECK(text.find("…aaa") != std::string::npos);
    CHECK(text.find("ccc…") != std::string::npos);
    CHECK(text.size() < 300);
}

TEST_CASE("a line that nobody can read is not copied into each finding") {
    SourceText source("a", std::string(16384, 'a') + "\n" + std::string(16385, 'b') + "\nc");
    Findings findings;
    for (int line : {1, 2, 3}) findings.error(source, {"a", line, 1}, "x", "something is wrong");
    CHECK(findings.all().at(0).excerpt == std::string(16384, 'a'));
    CHECK(findings.all().at(1).excerpt == "");
    CHECK(findings.all().at(2).excerpt == "c");
}

TEST_CASE("one fault that two readers see is one finding") {
    Findings findings;
    findings.add(finding("missing-file", {"a", 3, 1}));
    findings.add(finding("missing-file", {"a", 3, 1}));
    findings.add(finding("missing-file", {"a", 4, 1}));
    findings.add(finding("other", {"a", 3, 1}));
    CHECK(findings.errors() == 3);
}

TEST_CASE("a million findings are counted, not kept") {
    Findings findings;
    for (int line = 1; line <= 1000; ++line) findings.add(finding("bad-row", {"a", line, 1}));
    CHECK(findings.errors() == 1000);
    CHECK(findings.all().size() == Findings::kMostKept);
    CHECK(findings.left_out() == 800);

    Findings others;
    others.append(findings, true);
    CHECK(others.errors() == 0);
    CHECK(others.warnings() == 1000);
    CHECK(others.left_out() == 800);
}

TEST_CASE("places of every byte, the end and an empty text") {
    SourceText source("a", "x\r\n\ny");
    CHECK(source.place(0) == Place{"a", 1, 1});
    CHECK(source.place(3) == Place{"a", 2, 1});
    CHECK(source.place(4) == Place{"a", 3, 1});
    CHECK(source.place(99) == Place{"a", 3, 2});
    CHECK(source.line(1) == "x");
    CHECK(source.line(2) == "");
    CHECK(source.line(9) == "");
    CHECK(SourceText("e", "").place(0) == Place{"e", 1, 1});
}
