#include "mail/dkim_canon.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string relaxed_field(std::string_view field) {
    std::string out;
    append_relaxed_field(out, field);
    return out;
}

}  // namespace

TEST_CASE("the example of RFC 6376 section 3.4.5") {
    CHECK(relaxed_field("A: X\r\n") == "a:X\r\n");
    CHECK(relaxed_field("B : Y\t\r\n\tZ  \r\n") == "b:Y Z\r\n");
    CHECK(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n") == " C\r\nD E\r\n");
}

TEST_CASE("a field has one relaxed form, however a relay folds it") {
    for (auto field :
         {"Subject: act now, please", "SUBJECT:act now, please\r\n",
          "subject\t :\r\n act now,\r\n\tplease", "Subject:  act \t now,  please \t\r\n",
          "Subject: act\r\n \t\r\n now,\r\n please\r\n \r\n"}) {
        CAPTURE(field);
        CHECK(relaxed_field(field) == "subject:act now, please\r\n");
    }
}

TEST_CASE("a field without a value, without a colon, or with several colons") {
    CHECK(relaxed_field("X-Note:\r\n") == "x-note:\r\n");
    CHECK(relaxed_field("X-Note: \t\r\n \r\n") == "x-note:\r\n");
    CHECK(relaxed_field("X-Note") == "x-note:\r\n");
    CHECK(relaxed_field("List-Id: a: b :c\r\n") == "list-id:a: b :c\r\n");
    CHECK(relaxed_field("") == ":\r\n");
}

TEST_CASE("bytes beyond ASCII stay, in names and values") {
    CHECK(relaxed_field("To:  j\xC3\x96@one.example\r\n") == "to:j\xC3\x96@one.example\r\n");
    CHECK(relaxed_body("\xFF \x80 \xA0\r\n") == "\xFF \x80 \xA0\r\n");
}

TEST_CASE("a body of nothing is nothing, and so is one of blank lines") {
    for (auto body : {"", "\r\n", "\r\n\r\n\r\n", " \t", " \r\n\t\r\n", " \r\n\t"}) {
        CHECK(relaxed_body(body) == "");
    }
}

TEST_CASE("blank lines stay inside a body and go at its end") {
    CHECK(relaxed_body("\r\n\r\na\r\n\r\n \r\nb\r\n\r\n \t \r\n\r\n") ==
          "\r\n\r\na\r\n\r\n\r\nb\r\n");
}

TEST_CASE("a last line without its end gets one") {
    CHECK(relaxed_body("a") == "a\r\n");
    CHECK(relaxed_body("a\r\nb ") == "a\r\nb\r\n");
    CHECK(relaxed_body("a\r\n ") == "a\r\n");
}

TEST_CASE("blanks in a line: runs become one, also at the front; none stay at the end") {
    CHECK(relaxed_body("\ta\r\n  b\r\n \tc d\t\r\n") == " a\r\n b\r\n c d\r\n");
    CHECK(relaxed_body("a\tb\r\n") == "a b\r\n");
    CHECK(relaxed_body("a  \tb  c \t \r\n") == "a b c\r\n");
}

TEST_CASE("a CR or LF alone ends no line") {
    CHECK(relaxed_body("a\rb\nc \r d\n\r\n") == "a\rb\nc \r d\n\r\n");
    CHECK(relaxed_body("a\r") == "a\r\r\n");
    CHECK(relaxed_body("a\r\r\n") == "a\r\r\n");
}

TEST_CASE("a body of a megabyte is as long as it was") {
    std::string line(76, 'x');
    std::string body;
    while (body.size() < 1'000'000) body += line + "\r\n";
    CHECK(relaxed_body(body) == body);
    CHECK(relaxed_body(body + std::string(100'000, ' ') + "\r\n") == body);
}
