#include "lint/characters.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("characters, not bytes") {
    CHECK(characters("") == 0);
    CHECK(characters("Nachtbusse f\u00FCr alle") == 19);
    CHECK(characters("\u65E5\u672C \U0001F68C") == 4);
}

TEST_CASE("shouting: capitals alone, in scripts that have them") {
    CHECK(is_shouting("ACT NOW, PLEASE"));
    CHECK(is_shouting("\u00C9COUTEZ-NOUS: 10 \u00C0 1"));
    CHECK(is_shouting("\u0421\u041F\u0410\u0421\u0418\u0422\u0415 \u041D\u041E\u0427\u042C"));
    CHECK(is_shouting("\u03A3\u03A9\u03A3\u03A4\u0395 \u03A4\u0391\u039D"));
    CHECK_FALSE(is_shouting("ACT NOW, please"));
    CHECK_FALSE(is_shouting("COP30: NHS"));  // abbreviations
    CHECK_FALSE(is_shouting("GRO\u00DFE NACHTFAHRT"));
    CHECK_FALSE(is_shouting("\u00C9COUTEZ-NOUS, \u00E0 dix"));
    CHECK_FALSE(is_shouting("\u591C\u9593\u30D0\u30B9\u3092\u5B88\u308D\u3046\u4ECA\u3059\u3050"));
    CHECK_FALSE(is_shouting(""));
}
