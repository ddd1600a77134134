#include "lint/size_bound.h"

#include <doctest/doctest.h>

#include "lint/sketches.h"
#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("size bound: no mail is larger, and a small one is known to be small") {
    Content content = test_content("<p>{{name}} {{name}}</p>{{#town}}{{town}}{{/town}}{{^town}}" +
                                   std::string(500, 'x') + "{{/town}}");
    content.preheader = TemplateText{{"c.yaml", 4, 12}, "For {{name}}"};
    LintedAudience people(content, {"name", "town", "unused"});
    SizeBound bound(sketches(people.composer()), people.composer().renderer());
    const Mailbox to = Mailbox::from("p@port.example");
    for (const std::vector<std::string>& cells : std::vector<std::vector<std::string>>{
             {"Ann", "", ""},
             {"", "", ""},
             {std::string(5'000, '"'), std::string(2'000, '&'), ""},
             {"Ann", "Port", std::string(9'000, 'x')}}) {
        CHECK(people.composer().parts(to, cells).html.size() <= bound.most(cells));
    }
    CHECK(bound.most({"Ann", "Port", std::string(9'000, 'x')}) < 2'000);
}
