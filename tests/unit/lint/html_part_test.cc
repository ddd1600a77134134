#include "lint/html_part.h"

#include <doctest/doctest.h>

#include "lint/html_rules.h"
#include "unit/lint/html_rules.h"

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

TEST_CASE("html part: thousands of one fault are not all looked up, other rules go on") {
    std::string body;
    for (int i = 0; i < 3'000; ++i) body += "{{=<% %>=}}{{<%={{ }}=%>\n";
    auto [mail, content] = test_mail(sound_html(body + "<a href='http://x.example/'>x</a>"));
    const auto document = Document::parse(mail.html.text);
    REQUIRE(document);
    const auto visible = visible_text(*document, mail.html.text);
    Findings findings;
    const LintIgnore ignore;
    LintReport report(ignore, findings);
    const HtmlPart part{mail, content, *document, visible, report};
    lint_leftovers(part);
    CHECK(findings.errors() == HtmlPart::kMostOfARule);
    CHECK(part.enough("unresolved-tag"));
    lint_targets(part);
    CHECK(findings.errors() == HtmlPart::kMostOfARule + 1);
}
