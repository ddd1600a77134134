#include "mail/base64.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "unit/mail/decode.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("base64 of the examples in RFC 4648") {
    struct Row {
        std::string_view bytes, code;
    };
    for (auto [bytes, code] : {Row{"", ""}, Row{"f", "Zg=="}, Row{"fo", "Zm8="}, Row{"foo", "Zm9v"},
                               Row{"foob", "Zm9vYg=="}, Row{"fooba", "Zm9vYmE="},
                               Row{"foobar", "Zm9vYmFy"}, Row{"\xfb\xff\xfe", "+//+"}}) {
        std::string out = "x";
        append_base64(out, bytes);
        CHECK(out == "x" + std::string(code));
    }
}

TEST_CASE("base64 lines have 76 characters, no empty line at the end, and come back") {
    for (std::size_t size : {0U, 1U, 56U, 57U, 58U, 114U, 1000U}) {
        std::string bytes = random_bytes(size);
        std::string out;
        append_base64_lines(out, bytes);
        CHECK(decode_base64(out) == bytes);
        auto lines = lines_of(out);
        CHECK(lines.size() == (size + 56) / 57);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(lines[i].size() == 76);
    }
}

TEST_CASE("base64 is read back, with or without padding, and nothing else is") {
    for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
        std::string encoded;
        append_base64(encoded, text);
        CHECK(from_base64(encoded) == std::string(text));
        encoded.erase(std::min(encoded.find('='), encoded.size()));
        CHECK(from_base64(encoded) == std::string(text));
    }
    std::string all, encoded;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    append_base64(encoded, all);
    CHECK(from_base64(encoded) == all);
    for (const char* wrong : {"Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zg==\n", "Z g=", "=",
                              "====", "Zg==Zg==", "Zm9v-", "Zm9v_",
                              "Zm9vYg=="
                              "="}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(from_base64(wrong));
    }
}
