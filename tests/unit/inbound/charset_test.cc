#include "inbound/recognise/charset.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

TEST_CASE("texts of any charset become UTF-8") {
    CHECK(to_utf8("Empf\xe4nger", "ISO-8859-1") == "Empfänger");
    CHECK(to_utf8("\x1b$B08@h\x1b(B", "iso-2022-jp") == "宛先");
    CHECK(to_utf8("Empf\xc3\xa4nger", "utf-8") == "Empfänger");
}

TEST_CASE("a charset that is missing, wrong or unknown does not lose the text") {
    CHECK(to_utf8("Empf\xe4nger", "") == "Empfänger");
    CHECK(to_utf8("Empf\xe4nger", "utf-8") == "Empfänger");
    CHECK(to_utf8("Empf\xe4nger", "us-ascii") == "Empfänger");
    CHECK(to_utf8("Empf\xe4nger", "x-nobody-knows") == "Empfänger");
    CHECK(to_utf8("\x1b$B08@h\x1b(B", "") == "宛先");
    CHECK(to_utf8("plain", std::string(1000, 'x')) == "plain");
}

TEST_CASE("line ends become LF, and NUL goes") {
    CHECK(to_utf8(std::string_view("a\r\nb\rc\0d", 8), "") == "a\nb\ncd");
}

TEST_CASE("what a charset does not have is left out") {
    const std::string text = to_utf8("ab\xff\xff", "iso-2022-jp");
    CHECK(text.starts_with("ab"));
    CHECK_FALSE(invalid_utf8(text));
}
