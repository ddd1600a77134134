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
