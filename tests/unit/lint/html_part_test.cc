#include "lint/html_part.h"

#include <doctest/doctest.h>

#include "unit/lint/traced.h"

using namespace tocsin;

TEST_CASE("html part: the name of the tag at a place") {
    const Content content = test_content(
        "a {{ page }} {{&raw}} {{{three}}}\n{{#urlencode}}{{#capitalize}}{{name}}{{/capitalize}}"
        "{{/urlencode}}\nnone {{open");
    auto name = [&](int line, int column) {
        return tag_name(content, {"templates/t.html.mustache", line, column});
    };
    CHECK(name(1, 3) == "page");
    CHECK(name(1, 14) == "raw");
    CHECK(name(1, 23) == "three");
    CHECK(name(2, 1) == "name");
    CHECK(name(3, 1).empty());
    CHECK(name(3, 6).empty());
    CHECK(name(1, 10'000).empty());
    CHECK(name(0, 0).empty());
}
