#include "lint/sketches.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("sketches: between them they show every branch, with cells that can be found again") {
    LintedAudience people(test_content("",
                                       "{{#a}}{{^b}}only a {{c}}{{/b}}{{/a}}{{^a}}{{#b}}only "
                                       "b{{/b}}{{^b}}neither{{/b}}{{/a}}"),
                          {"a", "b", "c"});
    std::string all;
    for (const TracedMail& mail : sketches(people.composer())) all += mail.mail.text + "\n";
    CHECK(all.find("only a https://column-2.invalid/") != std::string::npos);
    CHECK(all.find("only b") != std::string::npos);
    CHECK(all.find("neither") != std::string::npos);
}

TEST_CASE("sketches: their number is bounded, whatever sections there are") {
    std::string text = "x";
    Columns columns;
    for (int i = 0; i < 60; ++i) {
        columns.push_back("c" + std::to_string(i));
        text += "{{#c" + std::to_string(i) + "}}y{{/c" + std::to_string(i) + "}}";
    }
    LintedAudience people(test_content("", text), columns);
    CHECK(sketches(people.composer()).size() == 50);
}
