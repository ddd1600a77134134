#include "lint/plain_text.h"

#include <doctest/doctest.h>

#include "unit/lint/traced.h"

using namespace tocsin;

TEST_CASE("plain text: findings stand where the byte was written") {
    TestMail mail = test_mail("", "Dear {{first_name}},\n{{town}}!\n",
                              {{"first_name", "\u00C9milie"}, {"town", "Anwen"}});
    Findings findings;
    const LintIgnore nothing;
    LintReport report(nothing, findings);
    const PlainText text{
        mail.mail.text, mail.content, "the text part", {"templates/t.txt.mustache", 1, 1}, report};
    text.add("long-line", text.text().find("Anwen"), "a", "b");
    text.add_whole("no-unsubscribe-link", "c", "d");
    REQUIRE(findings.all().size() == 2);
    CHECK(format(findings.all()[0]) ==
          "templates/t.txt.mustache:2:1: error: a [long-line]\n  {{town}}!\n  ^\n  hint: b\n");
    CHECK(format(findings.all()[1]) ==
          "templates/t.txt.mustache:1:1: error: c [no-unsubscribe-link]\n"
          "  Dear {{first_name}},\n  ^\n  hint: d\n");
    CHECK(text.is_field(text.text().find("Anwen")));
    CHECK_FALSE(text.is_field(0));
    CHECK(text.with_short_cells(2) == "Dear \u00C9m,\nAn!\n");
    CHECK(text.with_short_cells(0) == "Dear ,\n!\n");
    CHECK(text.with_short_cells(100) == text.text());
}
