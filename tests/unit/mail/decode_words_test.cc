#include "mail/decode_words.h"

#include <doctest/doctest.h>

#include "mail/encoded_word.h"

using namespace tocsin;

TEST_CASE("what our encoder writes is read back") {
    for (std::string text :
         {"Act now", "Åsa, tell them: not in our name",
          "ليلى، أوقفوا هذا الآن من فضلكم قبل فوات الأوان",
          "美玲, keep the night buses running all through the night, every night of the week",
          "Zoë 🌻 =?utf-8?Q?no?=", "a_b=c? Ö"}) {
        CAPTURE(text);
        CHECK(decode_words(encode_unstructured(text, 9)) == text);
    }
    CHECK(decode_words(encode_phrase("Jürgen Weiß", 6) + " <j@x.example>") ==
          "Jürgen Weiß <j@x.example>");
}

TEST_CASE("what is no encoded word stays") {
    for (const char* text : {"=?utf-8?Q?a=?=", "=?utf-8?X?a?=", "=?utf-8?Q?a",
                             "=?latin1?Q?=E9?=", "a =? b ?=", "=?utf-8?B?!?=", " a  b "}) {
        CAPTURE(text);
        CHECK(decode_words(text) == text);
    }
}

TEST_CASE("blanks go between two words only") {
    CHECK(decode_words("=?utf-8?Q?a?=  =?utf-8?Q?b?= c =?utf-8?Q?d?=") == "ab c d");
}

TEST_CASE("fields are unfolded, and end with the first empty line") {
    auto fields = header_fields("A: one\r\nB-c: two\r\n three\r\nnonsense\r\n\r\nD: body\r\n");
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].name == "A");
    CHECK(fields[0].value == "one");
    CHECK(fields[1].name == "B-c");
    CHECK(fields[1].value == "two three");
    CHECK(header_fields("").empty());
    CHECK(header_fields(" folded into nothing").empty());
}
