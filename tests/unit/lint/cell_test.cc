#include "lint/cell.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("cell: words that stand for no value, in any letters") {
    for (const char* word :
         {"N/A", "n/a", "null", "NULL", "None", "-", ".", "?", "---", "–", "test", "xxx", "Unknown",
          "First Name", "FNAME", "#N/A", "#REF!", "prénom"}) {
        CAPTURE(word);
        CHECK(judge_cell(word) == CellFault::kPlaceholder);
    }
}

TEST_CASE("cell: names that only look like one") {
    for (const char* name : {"", "Ann", "Na", "Nan", "Jo", "X", "Testa", "O'Brien", "李", "É", "7",
                             "Nullmeyer", "none of it", "Unknown Soldier Lane"}) {
        CAPTURE(name);
        CHECK(judge_cell(name) == CellFault::kNone);
    }
}

TEST_CASE("cell: merge tags of any program, whole or cut off") {
    for (const char* tag : {"{{first_name}}", "{{", "}}", "Dear {{name", "x}}", "*|FNAME|*",
                            "Hi *|A|* B", "%%first%%", "50 %%x%%"}) {
        CAPTURE(tag);
        CHECK(judge_cell(tag) == CellFault::kMergeSyntax);
    }
    for (const char* text : {"{a}", "100 %", "100 %%", "a|b", "*|", "|*", "a|*b*|c", "}{"}) {
        CAPTURE(text);
        CHECK(judge_cell(text) != CellFault::kMergeSyntax);
    }
}

TEST_CASE("cell: of a tag is shown what it is, and not all that is around it") {
    CHECK(merge_tag_in("Ann {{name}} of Port") == "{{name}}");
    // What stands beside half a tag is the person's own.
    CHECK(merge_tag_in("Ann Smith, Quay Street }}") == "}}");
    CHECK(merge_tag_in("{{ Ann Smith") == "{{");
    CHECK(merge_tag_in("Ann *|A|*") == "*|A|*");
    CHECK(merge_tag_in("{{a\nb}}") == "{{a?b}}");
    const std::string cut = merge_tag_in("{{" + std::string(37, 'x') + "é}}");
    CHECK(cut == "{{" + std::string(37, 'x') + "…");
}

TEST_CASE("cell: without any word in it") {
    CHECK(has_no_word(","));
    CHECK_FALSE(has_no_word(""));
    CHECK_FALSE(has_no_word("é"));
    CHECK_FALSE(has_no_word("a."));
}
