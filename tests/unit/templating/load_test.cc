// What loading refuses, and that it says so at the right place.
#include <doctest/doctest.h>

#include "unit/templating/fixture.h"

namespace tocsin {

TEST_CASE("a tag that is never closed is reported where it opens") {
    CHECK(load_errors("one\n  {{name") == Lines{"t:2:3: unclosed-tag"});
    CHECK(load_errors("{{{name}} rest") == Lines{"t:1:1: unclosed-tag"});
    CHECK(load_errors("{{! no end") == Lines{"t:1:1: unclosed-tag"});
    CHECK(load_errors("{{=<% %> rest") == Lines{"t:1:1: unclosed-tag"});
}

TEST_CASE("a tag with its end forgotten does not take that of the next one") {
    CHECK(load_errors("{{first, {{last}}\n{{#x}}") ==
          Lines{"t:1:1: unclosed-tag", "t:2:1: unclosed-section"});
}

TEST_CASE("sections that do not match are reported at their tags") {
    CHECK(load_errors("{{#a}}\n{{#b}}{{/b}}") == Lines{"t:1:1: unclosed-section"});
    CHECK(load_errors("x{{/a}}") == Lines{"t:1:2: unopened-section"});
    CHECK(load_errors("{{#a}}{{#b}}\n{{/a}}{{/b}}") ==
          Lines{"t:2:1: mismatched-section", "t:2:7: unopened-section"});
}

TEST_CASE("a mismatched section names both tags") {
    Findings findings;
    load_template(SourceText("t", "{{#a}}\n {{^b}}\n{{/a}}"), {}, {}, findings);
    CHECK(said(findings) ==
          "{{/a}} comes before {{/b}}: {{^b}} of line 2 is still open | close the inner section "
          "first");
}

TEST_CASE("names that are none are refused") {
    CHECK(load_errors("{{}}") == Lines{"t:1:1: empty-tag"});
    CHECK(load_errors("{{ # }}{{>}}{{{ }}}{{&}}") ==
          Lines{"t:1:1: empty-tag", "t:1:8: empty-tag", "t:1:13: empty-tag", "t:1:20: empty-tag"});
    CHECK(load_errors("{{first\nname}}") == Lines{"t:1:1: bad-name"});
    CHECK(load_errors("{{a..b}}{{.a}}{{a.}}{{#..}}") ==
          Lines{"t:1:1: bad-name", "t:1:9: bad-name", "t:1:15: bad-name", "t:1:21: bad-name"});
}

TEST_CASE("delimiters that are none are refused") {
    CHECK(load_errors("{{=<%=}}") == Lines{"t:1:1: bad-delimiters"});
    CHECK(load_errors("{{=<% %> ]]=}}") == Lines{"t:1:1: bad-delimiters"});
    CHECK(load_errors("{{=a= b=}}") == Lines{"t:1:1: bad-delimiters"});
}

TEST_CASE("what mustache has besides is said to be not supported") {
    CHECK(load_errors("{{>*x}}{{<x}}{{$x}}") ==
          Lines{"t:1:1: not-supported", "t:1:8: not-supported", "t:1:14: not-supported"});
}

TEST_CASE("a template that is not UTF-8 is refused at the byte") {
    CHECK(load_errors("sch\xF6n") == Lines{"t:1:4: not-utf8"});
}

TEST_CASE("columns count from the delimiters in force") {
    CHECK(load_errors("{{=<% %>=}}\n{{}} <%#a%>") == Lines{"t:2:6: unclosed-section"});
}

TEST_CASE("sections may nest a hundred deep and no deeper") {
    auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += "{{#a}}";
        for (int i = 0; i < depth; ++i) text += "{{/a}}";
        return text;
    };
    CHECK(load_errors(nested(100)).empty());
    CHECK(load_errors(nested(101)) == Lines{"t:1:601: too-deep"});
    CHECK(load_errors(nested(10'000)) == Lines{"t:1:601: too-deep"});
}

TEST_CASE("a flood of broken tags ends soon") {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += "{{{a}}";
    CHECK(load_errors(text).size() == 200);
}

TEST_CASE("errors of all files are found in one run, each in its own file") {
    PartialTexts partials = {{"head", "{{#a}}\n{{>foot}}"}, {"foot", "fine\n{{}}"}};
    CHECK(load_errors("{{/x}}\n{{>head}}", partials) == Lines{"foot.mustache:2:1: empty-tag",
                                                              "head.mustache:1:1: unclosed-section",
                                                              "t:1:1: unopened-section"});
}

TEST_CASE("a partial that two files include is reported once") {
    PartialTexts partials = {{"a", "{{>bad}}"}, {"bad", "{{}}"}};
    CHECK(load_errors("{{>bad}} {{>a}}\n  {{>bad}}\n", partials) ==
          Lines{"bad.mustache:1:1: empty-tag"});
}

TEST_CASE("a template inside another file gets that file's places") {
    Findings findings;
    load_template(SourceText("x", "Hi {{name\n{{/b}}"), {}, {}, findings,
                  Place{"campaigns/c.yaml", 7, 11});
    CHECK(places(findings) ==
          Lines{"campaigns/c.yaml:7:14: unclosed-tag", "campaigns/c.yaml:8:1: unopened-section"});
    CHECK(findings.all()[0].excerpt == "          Hi {{name");
}

}  // namespace tocsin
