#include <doctest/doctest.h>

#include "model/lint.h"
#include "preview/page_parts.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

std::string list_of(std::string excerpt, int column) {
    Findings findings;
    findings.add({Severity::kError, "x", {"a.html", 2, column}, "m", "", std::move(excerpt)});
    return finding_list(findings);
}

}  // namespace

TEST_CASE("a finding says what, where, why and what to do; errors come first") {
    Findings findings;
    findings.add({Severity::kWarning,
                  "no-lang",
                  {"a.html", 2, 7},
                  "it says no language",
                  "add `lang`",
                  "<html>"});
    findings.add({Severity::kError, "other", {"c.yaml", 1, 0}, "bad", "", ""});
    std::string html = finding_list(findings);
    CHECK(html.find("bad") < html.find("it says no language"));
    CHECK(has(html, "<p class=\"place\">a.html:2:7</p>"));
    CHECK(has(html, "<p class=\"place\">c.yaml:1</p>"));
    CHECK(has(html, "Why: " + std::string(find_lint_rule("no-lang")->why).substr(0, 5)));
    CHECK(has(html, "Hint: add `lang`."));
    CHECK(count(html, "<pre") == 1);
}

TEST_CASE("the character at the place is marked, whole, also behind the end") {
    CHECK(has(list_of("<p>ö</p>", 4), "&lt;p&gt;<mark>ö</mark>&lt;/p&gt;"));
    CHECK(has(list_of("abc", 9), "<mark>a</mark>bc"));
    CHECK(has(list_of("     act {{x}}", 10), "<pre dir=\"ltr\">act <mark>{</mark>{x}}"));
}

TEST_CASE("a long line is cut around the place, between characters") {
    std::string html = list_of(std::string(400, 'a') + "X" + std::string(100, 'b') + "ööööö", 401);
    CHECK(has(html, "<pre dir=\"ltr\">…a"));
    CHECK(has(html, "<mark>X</mark>b"));
    CHECK(has(html, "…</pre>"));
    CHECK_FALSE(has(html, std::string(70, 'a')));
}

TEST_CASE("what was counted and not kept is said") {
    Findings findings;
    for (int i = 0; i < 250; ++i)
        findings.add({Severity::kError, "x", {"a.csv", i + 1, 1}, "m", "", ""});
    CHECK(has(finding_list(findings), "50 more of the same kinds"));
}
