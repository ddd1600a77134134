// Partials: missing ones, rings, bounds.
#include <doctest/doctest.h>

#include "unit/templating/fixture.h"

namespace tocsin {

TEST_CASE("a missing partial is an error in campaigns and nothing in render") {
    CHECK(load_errors("a\n {{>card}}") == Lines{"t:2:2: missing-partial"});
    CHECK(render("<{{>card}}>", Value()) == "<>");
}

TEST_CASE("a missing partial of a partial is reported in the partial") {
    CHECK(load_errors("{{>card}}", {{"card", "x\n{{>none}}"}}) ==
          Lines{"card.mustache:2:1: missing-partial"});
}

TEST_CASE("a ring is refused, its whole way named") {
    PartialTexts partials = {{"a", "x{{>b}}"}, {"b", "\n{{>a}}"}};
    Findings findings;
    load_template(SourceText("t", "{{>a}}"), partials_of(partials), {}, findings);
    CHECK(places(findings) == Lines{"b.mustache:2:1: partial-ring"});
    CHECK(said(findings) ==
          "partials include each other in a ring: `a` → `b` (a.mustache:1:2) → `a` "
          "(b.mustache:2:1) | take one of these tags out");
}

TEST_CASE("each ring is refused, also that of a partial with itself") {
    PartialTexts partials = {{"a", "{{>a}}\n{{>b}}"}, {"b", "{{>a}}{{>b}}"}};
    CHECK(load_errors("{{>a}}", partials) == Lines{"a.mustache:1:1: partial-ring",
                                                   "b.mustache:1:1: partial-ring",
                                                   "b.mustache:1:7: partial-ring"});
}

TEST_CASE("one partial twice is no ring") {
    CHECK(load_errors("{{>a}}{{>b}}", {{"a", "x"}, {"b", "{{>a}}{{>a}}"}}).empty());
}

TEST_CASE("a ring that render runs ends after some turns") {
    std::string out = render("{{>a}}", Value(), {{"a", "x{{>a}}"}});
    CHECK(out == std::string(32, 'x'));
}

TEST_CASE("a ring that doubles with every turn ends too") {
    std::string out = render("{{>a}}", Value(), {{"a", "x{{>a}}{{>a}}"}});
    CHECK(out.size() == 255);  // eight turns
}

TEST_CASE("partials that multiply without a ring are refused") {
    PartialTexts partials;
    for (char c = 'a'; c < 'z'; ++c) {
        std::string next = "{{>" + std::string(1, static_cast<char>(c + 1)) + "}}";
        partials[std::string(1, c)] = next + next + next + next;
    }
    partials["z"] = "leaf";
    Lines errors = load_errors("{{>a}}", partials);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].ends_with(": too-large"));
}

TEST_CASE("a wide indent of many lines is refused before it fills the memory") {
    std::string lines;
    for (int i = 0; i < 100'000; ++i) lines += "x\n";
    CHECK(load_errors(std::string(100'000, ' ') + "{{>a}}", {{"a", lines}}) ==
          Lines{"t:1:100001: too-large"});
}

TEST_CASE("a chain of more than a hundred partials is refused") {
    PartialTexts partials;
    for (int i = 0; i < 200; ++i)
        partials["p" + std::to_string(i)] = "{{>p" + std::to_string(i + 1) + "}}";
    partials["p200"] = "end";
    Lines errors = load_errors("{{>p0}}", partials);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].ends_with(": too-deep"));
}

TEST_CASE("an indented partial keeps its own places") {
    PartialTexts partials = {{"card", "one\n{{nmae}}\n"}};
    Findings findings;
    auto loaded = load("  {{>card}}\n", partials);
    REQUIRE(loaded);
    CHECK(loaded->bind(Value(Value::Map{{"name", "x"}}), {}, findings) == nullptr);
    CHECK(places(findings) == Lines{"card.mustache:2:1: unknown-name"});
}

TEST_CASE("byte order marks are left out") {
    CHECK(render("\xEF\xBB\xBF{{! note }}\na{{>p}}", Value(),
                 {{"p",
                   "\xEF\xBB\xBF"
                   "b"}}) == "ab");
}

TEST_CASE("empty lines of an indented partial stay empty") {
    CHECK(render("  {{>a}}\n", Value(), {{"a", "1\n\n2\r\n\r\n3"}}) == "  1\n\n  2\r\n\r\n  3");
}

}  // namespace tocsin
