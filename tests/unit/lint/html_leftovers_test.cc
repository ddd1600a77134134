#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

TEST_CASE("html leftovers: braces out of a cell or the data") {
    CHECK(lint_body("<p>\n{{note}}</p>", {{"note", "Dear {{name}}"}}) ==
          Lines{"unresolved-tag 2:1"});
    CHECK(messages_of(sound_html("<p title=\"{{note}}\">x</p>"), {{"note", "{{name}}"}}) ==
          Lines{"the column `note` has `{{`, which readers see as it is"});
    Content content = test_content(sound_html("<p>{{note}}</p>"));
    content.data = Value::Map{{"note", "Dear {{first_name}}"}};
    CHECK(lint_of(content) == Lines{"unresolved-tag 8:4"});
}

TEST_CASE("html leftovers: another mailer's tags, but not CSS") {
    CHECK(lint_body("<p>Dear *|FNAME|*</p>") == Lines{"unresolved-tag 1:9"});
    CHECK(lint_body("<p>2*|x| and *|</p>") == Lines{});
}
