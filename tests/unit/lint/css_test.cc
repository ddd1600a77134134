#include "lint/css.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("css: declarations of an attribute") {
    auto css =
        read_css(" Margin : 0 AUTO;background:url(data:x;base64,y); /* a:b; */position:fixed");
    REQUIRE(css.declarations.size() == 3);
    CHECK(css.declarations[0].property == "margin");
    CHECK(css.declarations[0].value == "0 auto");
    CHECK(css.declarations[0].offset == 1);
    CHECK(css.declarations[1].value == "url(data:x;base64,y)");
    CHECK(css.declarations[2].property == "position");
}

TEST_CASE("css: rules, conditions and imports of a style sheet") {
    auto css = read_css(
        "@import 'x;y.css';\na:hover { color: red; content: '}' }\n"
        "@media (max-width: 1px) { .x { display: flex } }\n.y { display: grid; }");
    CHECK(css.imports == std::vector<std::size_t>{0});
    REQUIRE(css.declarations.size() == 4);
    CHECK(css.declarations[0].property == "color");
    CHECK(css.declarations[1].value == "'}'");
    CHECK(css.declarations[2].conditional);
    CHECK_FALSE(css.declarations[3].conditional);
    CHECK(css.declarations[3].value == "grid");
}

TEST_CASE("css: a comment hides an import, and nonsense gives nothing") {
    CHECK(read_css("/* @import 'x'; */ a{b:c}").imports.empty());
    for (const char* text : {"", "}}}", "/*", "'", "a{", "(((;", "\\"}) {
        CHECK_MESSAGE(read_css(text).declarations.empty(), text);
    }
}
