#include "inbound/recognise/fields.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("fields are unfolded, and end with the first blank line after one") {
    const Fields fields =
        read_fields("\n\nTo: a@x.example\r\nSubject: one\r\n  two\nno field\n\nCc: b\n");
    CHECK(fields.list().size() == 2);
    CHECK(fields.first("to") == "a@x.example");
    CHECK(fields.first("subject") == "one two");
    CHECK_FALSE(fields.has("cc"));
    CHECK(fields.first("cc").empty());
}

TEST_CASE("all of one name come in order") {
    const Fields fields = read_fields("A: 1\nB: 2\na: 3\n");
    CHECK(fields.all("a") == std::vector<std::string_view>{"1", "3"});
}

TEST_CASE("a line is a field only with a name before the colon") {
    CHECK(field_line("Status : 5.1.1").name == "Status");
    CHECK(field_line("Status : 5.1.1").value == "5.1.1");
    CHECK(field_line("two words: x").name.empty());
    CHECK(field_line(": x").name.empty());
    CHECK(field_line("no colon").name.empty());
    CHECK(field_line(std::string(90, 'a') + ": x").name.empty());
}

TEST_CASE("a header without end takes bounded memory") {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "A: 1\n";
    CHECK(read_fields(text).list().size() == 1000);
    std::string folded = "A: 1\n";
    for (int i = 0; i < 3000; ++i) folded += " more words\n";
    CHECK(read_fields(folded).first("a").size() <= 8192);
    CHECK(read_fields("A: " + std::string(100000, 'x')).first("a").size() == 8192);
}
