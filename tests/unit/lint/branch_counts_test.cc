#include "lint/branch_counts.h"

#include <doctest/doctest.h>

#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

using Lines = std::vector<std::string>;

TEST_CASE("branch counts: what few people see is named with their rows") {
    LintedAudience people(
        test_content("", "{{#town}}In {{town}}{{/town}}\n{{^town}}Elsewhere{{/town}}\n"), {"town"});
    people.add(400, {"Port"});
    people.add({""});
    people.add({""});
    CHECK(people.finish() ==
          Lines{"rare-branch templates/t.txt.mustache:2:1: only 2 people see `{{^town}}`: "
                "lists/a.csv:402, lists/a.csv:403"});
}

TEST_CASE("branch counts: what nobody sees, and what one person does") {
    LintedAudience people(test_content("", "{{#town}}{{town}}{{/town}}{{#vip}}VIP{{/vip}}\n"),
                          {"town", "vip"});
    people.add({"Port", ""});
    people.add(150, {"", ""});
    CHECK(people.finish() ==
          Lines{"rare-branch templates/t.txt.mustache:1:1: only 1 person sees `{{#town}}`: "
                "lists/a.csv:2",
                "rare-branch templates/t.txt.mustache:1:27: nobody sees `{{#vip}}`"});
}

TEST_CASE("branch counts: a short list has no rare branches") {
    LintedAudience people(test_content("", "{{#town}}{{town}}{{/town}}\n"), {"town"});
    people.add(99, {""});
    CHECK(people.finish() == Lines{});
}

TEST_CASE("branch counts: who misses which field, and who takes which branch") {
    Content content = test_content("", "{{name}}{{#town}}{{town}}{{/town}}{{^town}}-{{/town}}\n");
    content.fallbacks["name"] = "you";
    LintedAudience people(content, {"unused", "name", "town"});
    people.add({"", "", "Port"});
    people.add({"", "Ann", ""});
    people.add({"", "", ""});
    people.finish();
    const AudienceSummary& summary = people.summary();
    REQUIRE(summary.fields.size() == 2);
    CHECK(summary.fields[0].name == "name");
    CHECK(summary.fields[0].missing == 2);
    CHECK(summary.fields[0].has_fallback);
    CHECK(summary.fields[1].name == "town");
    CHECK(summary.fields[1].missing == 2);
    CHECK_FALSE(summary.fields[1].has_fallback);
    REQUIRE(summary.branches.size() == 2);
    CHECK(summary.branches[0].name == "{{#town}}");
    CHECK(summary.branches[0].people == 1);
    CHECK(summary.branches[1].name == "{{^town}}");
    CHECK(summary.branches[1].people == 2);
}
