#include "model/page_texts.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("language tags") {
    for (const char* tag : {"en", "de", "pt-br", "zh-hant-tw", "ckb", "es-419"}) {
        CAPTURE(tag);
        CHECK(is_language_tag(tag));
    }
    for (const char* tag : {"", "e", "engl", "DE", "de-", "-de", "de--at", "de_at", "12",
                            "de-abcdefghi", "de-a-b-c-d", "de at"}) {
        CAPTURE(tag);
        CHECK_FALSE(is_language_tag(tag));
    }
}

TEST_CASE("no title has something to insert: it stands in the window's title, too") {
    for (const auto& [key, text] : english_texts()) {
        CAPTURE(key);
        CHECK_FALSE(text.empty());
        if (key.ends_with("title")) CHECK(text.find('{') == text.npos);
    }
}
