#include "lint/audience.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "lint/limits.h"
#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

using Lines = std::vector<std::string>;

TEST_CASE("audience: one mail of each shape is linted, at the template's place") {
    LintedAudience people(
        test_content("<p>{{#town}}<a href='http://old.example/'>x</a>{{/town}}</p>"), {"town"});
    people.add(9, {""});
    people.add(2, {"Port"});
    Findings findings;
    LintReport report({}, findings);
    people.lint().finish(report);
    const auto found = std::ranges::find(findings.all(), "insecure-link", &Finding::id);
    REQUIRE(found != findings.all().end());
    CHECK(found->place == Place{"templates/t.html.mustache", 1, 22});
}

TEST_CASE("audience: the templates are linted where nobody is left to be mailed") {
    LintedAudience people(test_content("<p>Dear {{name}}, <a href='{{page}}'>x</a>"
                                       "<a href='http://old.example/'>y</a></p>"),
                          {"name", "page"});
    Findings findings;
    LintReport report({}, findings);
    const AudienceSummary summary = people.lint().finish(report);
    CHECK(summary.people == 0);
    CHECK(summary.links.empty());
    auto count = [&](std::string_view id) {
        return std::ranges::count(findings.all(), id, &Finding::id);
    };
    CHECK(count("insecure-link") == 1);
    CHECK(count("empty-greeting") + count("relative-url") == 0);
}

TEST_CASE("audience: links are told once each, with the people of their shapes") {
    LintedAudience people(test_content("<a href='https://a.example/'>a</a>{{#town}}<a "
                                       "href='https://b.example/'>b</a>{{/town}}"),
                          {"town"});
    people.add(9, {""});
    people.add(2, {"Port"});
    people.finish();
    std::vector<std::pair<std::string, std::size_t>> html;
    for (const AudienceSummary::Link& link : people.summary().links) {
        if (link.link.in_html) html.emplace_back(link.link.url, link.people);
    }
    CHECK(html == std::vector<std::pair<std::string, std::size_t>>{{"https://a.example/", 11},
                                                                   {"https://b.example/", 2}});
    CHECK(people.summary().people == 11);
}

TEST_CASE("audience: a personal link is one, wherever it leads each") {
    LintedAudience people(
        test_content(
            "{{#town}}{{town}}{{/town}}<a href='https://a.example/?n={{#urlencode}}{{name}}"
            "{{/urlencode}}'>a</a>"),
        {"town", "name"});
    people.add(4, {"", "Ada"});
    people.add(1, {"Port", "Bo"});
    people.finish();
    std::vector<std::size_t> counts;
    for (const AudienceSummary::Link& link : people.summary().links) {
        if (link.link.in_html) counts.push_back(link.people);
    }
    CHECK(counts == std::vector<std::size_t>{5});
}

TEST_CASE("audience: one person's link to another host than everybody's") {
    LintedAudience people(test_content("<a href='{{page}}'>x</a>"), {"page"});
    people.add(6, {"https://act.harbour.example/a"});
    people.add({"https://elsewhere.example/a"});
    CHECK(people.finish() ==
          Lines{"stray-link lists/a.csv:8:1: the link in `page` leads to elsewhere.example, that "
                "of 6 people to act.harbour.example"});
}

TEST_CASE("audience: who could have a mail that is too large is rendered, nobody else") {
    LintedAudience people(test_content("<p>{{story}}</p>"), {"story"});
    CHECK_FALSE(people.lint().wants_mail({"short"}));
    const std::vector<std::string> huge{std::string(kLargestHtml, 'x')};
    CHECK(people.lint().wants_mail(huge));
    people.add({"short"}, false);
    people.add(huge);
    CHECK(people.finish() ==
          Lines{"html-too-large lists/a.csv:3:1: the HTML is over 102,400 bytes for 1 person; the "
                "largest, of this row, has 102,407 bytes"});
    CHECK(people.summary().sizes.largest == 0);
}

TEST_CASE("audience: sizes of everybody") {
    LintedAudience people(test_content("", "{{story}}\n"), {"story"});
    for (const char* story : {"a", "bb", "cccc"}) people.add({story});
    people.finish();
    CHECK(people.summary().sizes.smallest == 2);
    CHECK(people.summary().sizes.median == 3);
    CHECK(people.summary().sizes.largest == 5);
}

TEST_CASE("audience: nobody is no fault") {
    LintedAudience people(test_content("<p>{{#town}}x{{/town}}</p>"), {"town"});
    CHECK(people.finish() == Lines{});
    CHECK(people.summary().people == 0);
    CHECK(people.summary().links.empty());
}
