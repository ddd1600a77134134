#include "transport/smtp/dot_stuffing.h"

#include <doctest/doctest.h>

namespace {

std::string dot_stuffed(std::string_view message) {
    tocsin::WriteBuffer buffer;
    tocsin::append_dot_stuffed(buffer, message);
    return std::string(buffer.front());
}

}  // namespace

TEST_CASE("dots are doubled at the beginning of lines, and lines begin after CRLF only") {
    CHECK(dot_stuffed("a\r\nb\r\n") == "a\r\nb\r\n");
    CHECK(dot_stuffed(".a\r\n") == "..a\r\n");
    CHECK(dot_stuffed("a\r\n.\r\n") == "a\r\n..\r\n");
    CHECK(dot_stuffed("a\r\n..b\r\n.c\r\n") == "a\r\n...b\r\n..c\r\n");
    CHECK(dot_stuffed("\r\n.\r\n.\r\n") == "\r\n..\r\n..\r\n");
    CHECK(dot_stuffed("a.b\r\nc.\r\n") == "a.b\r\nc.\r\n");
    CHECK(dot_stuffed("a\n.b\r.c\r\n") == "a\n.b\r.c\r\n");
    CHECK(dot_stuffed("a\r\n.") == "a\r\n..\r\n");
    CHECK(dot_stuffed("") == "\r\n");
}
