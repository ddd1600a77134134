#include "base/text.h"

#include <array>
#include <doctest/doctest.h>
#include <string>

#include "base/clock.h"
#include "base/log.h"

using namespace tocsin;

TEST_CASE("invalid UTF-8 is found at its first byte") {
    CHECK_FALSE(invalid_utf8("äöü €😀"));
    CHECK(invalid_utf8("a\xC0\xAF") == 1);         // overlong
    CHECK(invalid_utf8("ab\xED\xA0\x80") == 2);    // surrogate
    CHECK(invalid_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
    CHECK(invalid_utf8("abc\xE2\x82") == 3);       // cut off
    CHECK(invalid_utf8("\x80") == 0);
}

TEST_CASE("what was mistyped is found, what is something else is not") {
    const std::array<std::string, 3> names = {"subject", "reply_to", "from"};
    CHECK(closest("subjct", names) == "subject");
    CHECK(closest("reply-to", names) == "reply_to");
    CHECK(closest("form", names) == "from");
    CHECK(closest("Subject", names) == "subject");
    CHECK(closest("audience", names).empty());
    CHECK(did_you_mean("fromm", names) == "did you mean `from`?");
    CHECK(closest(std::string(10'000, 'x'), names).empty());
}

TEST_CASE("numbers are grouped and counted") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(counted(1, "mail") == "1 mail");
    CHECK(counted(2, "mail") == "2 mails");
}

TEST_CASE("times are written and read in one form") {
    auto time = parse_iso8601("2026-11-23T19:00:05Z");
    REQUIRE(time);
    CHECK(iso8601(*time) == "2026-11-23T19:00:05Z");
    for (const char* bad :
         {"", "2026-11-23", "2026-11-23 19:00:05", "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z",
          "2026-11-23T19:00:05+01:00", "2026-11-2xT19:00:05Z"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_iso8601(bad));
    }
}

TEST_CASE("addresses and credentials do not reach a log") {
    CHECK(redacted("550 <ann.o+x@one.example>: no") == "550 <<address>>: no");
    CHECK(redacted("AUTH PLAIN AGFubgBzZWNyZXQ=") == "AUTH …");
    CHECK(redacted("https://key:secret@api.example/x").find("secret") == std::string::npos);
}

TEST_CASE("text: what nobody sees is invisible, in whichever characters") {
    for (const char* text : {"", " \t", "\u00A0", "\u200B\u200D", "\uFEFF", "\u00AD",
                             "\u3000 \u2003", "\u3164", "\u2800", "\U000E0041"}) {
        CAPTURE(text);
        CHECK(is_invisible(text));
    }
    for (const char* text : {"a", "\u00A0a", "\u200B.", "é", "李", "👋", "\u200B\xFF"}) {
        CAPTURE(text);
        CHECK_FALSE(is_invisible(text));
    }
}
