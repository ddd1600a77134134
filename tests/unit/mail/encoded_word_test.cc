#include "mail/encoded_word.h"

#include <doctest/doctest.h>
#include <random>

#include "base/text.h"
#include "unit/mail/decode.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// Decodes words separated by single blanks, each checked by itself.
std::string decoded(std::string_view words, std::size_t used) {
    std::string text;
    std::size_t room = 76 - used;
    while (!words.empty()) {
        auto word = words.substr(0, words.find(' '));
        CHECK(word.size() <= std::min<std::size_t>(room, 75));
        std::string part = decode_word(word);
        CHECK_FALSE(invalid_utf8(part));  // no character is split
        text += part;
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        room = 75;
    }
    return text;
}

}  // namespace

TEST_CASE("ASCII text stays as it is") {
    CHECK(encode_unstructured("William, tell them: \"not\" in our name (=) ?", 9) ==
          "William, tell them: \"not\" in our name (=) ?");
    CHECK(encode_unstructured("", 9) == "");
}

TEST_CASE("mostly Latin text is encoded as Q, other text as B") {
    CHECK(encode_unstructured("Zoë, tell them", 9) == "=?utf-8?Q?Zo=C3=AB=2C_tell_them?=");
    CHECK(encode_unstructured("مرحبا", 9) == "=?utf-8?B?2YXYsdit2KjYpw==?=");
    CHECK(encode_unstructured("Act now \U0001F514", 9) == "=?utf-8?Q?Act_now_=F0=9F=94=94?=");
}

TEST_CASE("what looks like an encoded word is encoded, so that it arrives as written") {
    CHECK(decoded(encode_unstructured("=?utf-8?Q?From=3A?= you", 9), 9) ==
          "=?utf-8?Q?From=3A?= you");
    CHECK(decoded(encode_phrase("=?x?=", 6), 6) == "=?x?=");
}

TEST_CASE("a word that fits on no line is encoded, which can be folded") {
    std::string word(200, 'w');
    CHECK(decoded(encode_unstructured(word, 9), 9) == word);
    CHECK(decoded(encode_phrase(word, 6), 6) == word);
    CHECK(decoded(encode_unstructured("a" + std::string(90, ' ') + "b", 9), 9) ==
          "a" + std::string(90, ' ') + "b");
}

TEST_CASE("a phrase is atoms, a quoted string or encoded words") {
    CHECK(encode_phrase("Harbour Action", 6) == "Harbour Action");
    CHECK(encode_phrase("Reem, Mark and the team", 6) == "\"Reem, Mark and the team\"");
    CHECK(encode_phrase("J. O'Brien", 6) == "\"J. O'Brien\"");
    CHECK(encode_phrase(R"(a "b" \c)", 6) == R"("a \"b\" \\c")");
    CHECK(encode_phrase("two  blanks", 6) == "\"two  blanks\"");
    CHECK(encode_phrase("Zoë <x@y.example>", 6) == "=?utf-8?Q?Zo=C3=AB_=3Cx=40y=2Eexample=3E?=");
}

TEST_CASE("words are short, whole characters each, and give back 2,000 made-up texts") {
    constexpr std::string_view kPieces[] = {"a", " ",          "_",    "?",   "=",
                                            "é", "\U0001F514", "日本", "word"};
    std::mt19937 random(9);
    for (int i = 0; i < 2'000; ++i) {
        std::string text = "ü";
        for (auto left = random() % 90; left > 0; --left)
            text += kPieces[random() % std::size(kPieces)];
        std::size_t used = random() % 40;
        CAPTURE(text);
        CHECK(decoded(encode_unstructured(text, used), used) == text);
        CHECK(decoded(encode_phrase(text, used), used) == text);
    }
}

TEST_CASE("a long header name still leaves room for a character in each word") {
    CHECK(encode_unstructured("\U0001F514\U0001F514\U0001F514", 74) ==
          "=?utf-8?B?8J+UlPCflJQ=?= =?utf-8?B?8J+UlA==?=");
}
