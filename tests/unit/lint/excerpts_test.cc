#include "lint/excerpts.h"

#include <doctest/doctest.h>

#include "unit/lint/traced.h"

using namespace tocsin;

TEST_CASE("excerpts: what `excerpt_of` says, of templates and of the campaign file") {
    const Content content = test_content("one\ntwo\r\nthree", "text");
    Excerpts excerpts(content);
    for (const Place& place :
         {Place{"templates/t.html.mustache", 2, 1}, Place{"templates/t.html.mustache", 3, 2},
          Place{"templates/t.html.mustache", 9, 1}, Place{"templates/t.html.mustache", 0, 0},
          Place{"templates/t.txt.mustache", 1, 1}, Place{"templates/none", 1, 1},
          Place{"c.yaml", 3, 10}}) {
        CAPTURE(format({Severity::kError, "x", place, "x", "", ""}));
        CHECK(excerpts.at(place) == excerpt_of(content, place));
    }
    CHECK(excerpts.at({"templates/t.html.mustache", 2, 1}) == "two");
}
