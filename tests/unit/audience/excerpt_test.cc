#include "audience/excerpt.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

TEST_CASE("excerpt: bytes that are not UTF-8 become question marks, one each") {
    CHECK(well_formed("a\xFF\xFE"
                      "b\xC3") == "a??b?");
    CHECK(well_formed("Zo\xC3\xAB") == "Zo\xC3\xAB");
    CHECK(well_formed("").empty());
}

TEST_CASE("excerpt: shortening splits no character and shows no control characters") {
    CHECK(shortened("ab\ncd\te\x1B") == "ab?cd e?");
    CHECK(shortened("abcdef", 6) == "abcdef");
    CHECK(shortened("abcdef", 5) == "abcde…");
    CHECK(shortened("abcd\xC3\xAB", 5) == "abcd…");
}
