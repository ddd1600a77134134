#include "lint/person_rules.h"

#include <doctest/doctest.h>

#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

using Lines = std::vector<std::string>;

namespace {

LintedAudience people_of(const std::string& html) {
    return LintedAudience(test_content(html), {"name", "page", "unused"});
}

}  // namespace

TEST_CASE("person rules: a cell that nothing filled in, where a template prints it") {
    auto people = people_of("<p>Dear {{name}},</p>");
    people.add({"{{first_name}}", "", "{{x}}"});
    CHECK(people.troubles() ==
          Lines{"unresolved-tag: `name` holds `{{first_name}}`, which nothing fills in"});
    people.add({"N/A", "", "null"});
    CHECK(people.troubles() ==
          Lines{"placeholder-value: `name` is \"N/A\", which looks like no value"});
    people.add({"Ann", "", "null"});
    CHECK(people.troubles() == Lines{});
}

TEST_CASE("person rules: a link that leads this person where no mail should") {
    auto people = people_of("<p>{{name}} <a href=\"{{page}}\">x</a></p>");
    people.add({"Ann", "http://act.harbour.example/", ""});
    CHECK(people.troubles() == Lines{"insecure-link: the link in `page` begins with `http:`"});
    people.add({"Ann", "javascript:x", ""});
    CHECK(people.troubles() == Lines{"script-link: the link in `page` runs a script"});
    people.add({"Ann", "www.harbour.example", ""});
    CHECK(people.troubles() ==
          Lines{"relative-url: the link in `page` has no `https:` at its beginning"});
    people.add({"Ann", "https://act.harbour.example/", ""});
    CHECK(people.troubles() == Lines{});
    CHECK(people.sight().hosts == std::vector<std::string>{"act.harbour.example"});
}

TEST_CASE("person rules: a greeting that a cell leaves without a name") {
    auto people = people_of("<p>Dear {{name}},</p><p>Text.</p>");
    CHECK(people.lint().wants_mail({",", "", ""}));
    CHECK_FALSE(people.lint().wants_mail({"Ann", "", ","}));
    people.add({",", "", ""});
    CHECK(people.troubles() ==
          Lines{"placeholder-value: `name` is \",\", which looks like no value",
                "empty-greeting: the greeting has no name for this person"});
    people.add({"é", "", ""});
    CHECK(people.troubles() == Lines{});
}

TEST_CASE("person rules: what one person showed is not said of the next") {
    auto people = people_of("<p>Dear {{name}},</p>");
    people.add({"{{x}}", "", ""});
    people.add({"Ann", "", ""});
    CHECK(people.troubles() == Lines{});
}
