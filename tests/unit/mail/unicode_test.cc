#include "mail/unicode.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("Hebrew, Arabic and marks that turn the direction are right-to-left") {
    for (const char* text : {"רות", "ليلى", "Ann (رات)", "\u202ennA", "\u202bAnn", "\u2067Ann"}) {
        CAPTURE(text);
        CHECK(has_right_to_left(text));
    }
}

TEST_CASE("other scripts, and marks that do not turn it, are not") {
    for (const char* text :
         {"", "Ann", "Öström-Ængel", "美玲", "Дмитро", "Zoë 🌻", "\u202aAnn", "१२"}) {
        CAPTURE(text);
        CHECK_FALSE(has_right_to_left(text));
    }
}

TEST_CASE("characters are code points, not bytes") {
    CHECK(count_characters("") == 0);
    CHECK(count_characters("Ann") == 3);
    CHECK(count_characters("Åsa 🌻") == 5);
}
