#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

TEST_CASE("html greeting: a name that lacks, at the greeting") {
    const std::string body = "<p>Good news</p>\n<p>Dear {{#name}}{{name}}{{/name}},</p>";
    CHECK(lint_body(body, {{"name", ""}}) == Lines{"empty-greeting 2:4"});
    CHECK(lint_body(body, {{"name", "Ada"}}) == Lines{});
}

TEST_CASE("html greeting: to nobody in particular") {
    CHECK(lint_body("<table><tr><td>Dear&nbsp;<b>friend</b>,</td></tr></table>") ==
          Lines{"dear-friend 1:16"});
    CHECK(lint_body("<p>Hello!</p><p>My dear friend, she said, look.</p>") == Lines{});
}
