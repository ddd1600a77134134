#include "web/style.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("text on the organisation's colour can be read") {
    CHECK(text_colour_on("#0b5d7a") == "#ffffff");
    CHECK(text_colour_on("#000000") == "#ffffff");
    CHECK(text_colour_on("#ffffff") == "#000000");
    CHECK(text_colour_on("#FFDD00") == "#000000");
    CHECK(text_colour_on("#ff0000") == "#000000");  // 5.25:1, where white has 4:1
}

TEST_CASE("a colour that is none cannot become CSS") {
    CHECK(stylesheet("#0B5d7a").starts_with("html{--brand:#0B5d7a;"));
    for (const char* colour : {"", "red", "#12345", "#1234567", "#12345g", "};*{}", "0123456"}) {
        CAPTURE(colour);
        CHECK(stylesheet(colour).starts_with("html{--brand:#40474f;--on-brand:#ffffff}"));
    }
}

TEST_CASE("the hash is that of CSP") {
    // printf '' | openssl dgst -sha256 -binary | base64
    CHECK(csp_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}
