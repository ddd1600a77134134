#include "mail/header.h"

#include <doctest/doctest.h>
#include <stdexcept>

#include "unit/mail/decode.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string header(std::string_view name, std::string_view value,
                   HeaderCharset charset = HeaderCharset::kAscii) {
    std::string out;
    append_header(out, name, value, charset);
    return out;
}

std::string unfolded(const std::string& field) {
    std::string result;
    for (const auto& line : lines_of(field)) {
        CHECK(line.find_first_not_of(" \t") != std::string::npos);
        CHECK((result.empty() || line.starts_with(' ')));
        result += line;
    }
    return result;
}

}  // namespace

TEST_CASE("a short header is one line") {
    CHECK(header("Precedence", "bulk") == "Precedence: bulk\r\n");
    CHECK(header("X-Empty", "") == "X-Empty:\r\n");
    CHECK(header("X-Blank", "  a  b ") == "X-Blank: a  b\r\n");
}

TEST_CASE("a long header is folded before a blank") {
    CHECK(header(
              "List-Unsubscribe",
              "<https://u.harbour.example/u/aeba2xyzaeba2xyzaeba2xyzaeba2xyzaeba2xyzaeba2xyz1234>, "
              "<mailto:unsubscribe+aeba2xyz@harbour.example>") ==
          "List-Unsubscribe: "
          "<https://u.harbour.example/u/aeba2xyzaeba2xyzaeba2xyzaeba2xyzaeba2xyzaeba2xyz1234>,\r\n"
          " <mailto:unsubscribe+aeba2xyz@harbour.example>\r\n");
}

TEST_CASE("unfolding gives back the value, and no line is longer than its words demand") {
    std::string value;
    for (int i = 0; i < 100; ++i)
        value += std::string(1 + (i * 7) % 40U, 'w') + (i % 3 ? " " : "  ");
    value += "end";
    std::string field = header("X-Words", value);
    CHECK(unfolded(field) == "X-Words: " + value);
    for (const auto& line : lines_of(field)) CHECK(line.size() <= 76);
}

TEST_CASE("a long run of blanks never makes a line of blanks") {
    std::string value = "a" + std::string(300, ' ') + "b";
    CHECK(unfolded(header("X-Gap", value)) == "X-Gap: " + value);
}

TEST_CASE("what cannot be folded under 998 bytes is refused") {
    CHECK(header("X-Long", std::string(990, 'x')).size() == 8 + 990 + 2);
    CHECK_THROWS_AS(header("X-Long", std::string(991, 'x')), std::invalid_argument);
    CHECK_THROWS_AS(header("X-Long", "a" + std::string(998, ' ') + "b"), std::invalid_argument);
}

TEST_CASE("no value can start another header") {
    for (char c : {'\r', '\n', '\0', '\t', '\x0b', '\x1f', '\x7f'}) {
        CAPTURE(int(c));
        std::string value = std::string("a") + c + " Bcc: victim@harbour.example";
        CHECK_THROWS_AS(header("Subject", value), std::invalid_argument);
        CHECK_THROWS_AS(header("Subject", std::string("a") + c), std::invalid_argument);
        CHECK_THROWS_AS(header(std::string("X") + c, "a"), std::invalid_argument);
    }
}

TEST_CASE("no name can be something else than a name") {
    for (auto name : {"", "X Y", "X:", "Subject: a\r\nBcc", "é", " X"}) {
        CAPTURE(name);
        CHECK_THROWS_AS(header(name, "a"), std::invalid_argument);
    }
    CHECK_THROWS_AS(header(std::string(61, 'X'), "a"), std::invalid_argument);
}

TEST_CASE("UTF-8 passes only where it is asked for, and only well-formed") {
    CHECK_THROWS_AS(header("To", "zoë@harbour.example"), std::invalid_argument);
    CHECK(header("To", "zoë@harbour.example", HeaderCharset::kUtf8) ==
          "To: zoë@harbour.example\r\n");
    CHECK_THROWS_AS(header("To", "zo\xeb@a.example", HeaderCharset::kUtf8), std::invalid_argument);
}

TEST_CASE("foldable text has no long words and no long gaps") {
    CHECK(is_foldable("", 3));
    CHECK(is_foldable("abc de", 3));
    CHECK_FALSE(is_foldable("abc def", 3));
    CHECK_FALSE(is_foldable("a   b", 3));
}
