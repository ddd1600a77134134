#include "mail/parameter.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("an ASCII value is quoted") {
    CHECK(mime_parameter("filename", "briefing.pdf") == "; filename=\"briefing.pdf\"");
    CHECK(mime_parameter("filename", R"(a "b" \c; d=e)") == R"(; filename="a \"b\" \\c; d=e")");
}

TEST_CASE("another value comes as an ASCII likeness and in UTF-8") {
    CHECK(mime_parameter("filename", "Größe 1.pdf") ==
          "; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.pdf; filename=\"Gr__e 1.pdf\"");
}

TEST_CASE("a long value comes in pieces of whole characters") {
    std::string name;
    for (int i = 0; i < 20; ++i) name += "\u65e5";
    std::string piece;
    for (int i = 0; i < 6; ++i) piece += "%E6%97%A5";
    CHECK(mime_parameter("name", name) ==
          "; name*0*=UTF-8''" + piece + "; name*1*=" + piece + "; name*2*=" + piece +
              "; name*3*=%E6%97%A5%E6%97%A5; name=\"" + std::string(20, '_') + "\"");
}
