#include "mail/quoted_printable.h"

#include <doctest/doctest.h>
#include <random>

#include "unit/mail/decode.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string encoded(std::string_view text) {
    std::string out;
    append_quoted_printable(out, text);
    return out;
}

// CR LF for each of CR LF, CR and LF.
std::string with_crlf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool cr = text[i] == '\r';
        if (cr && i + 1 < text.size() && text[i + 1] == '\n') ++i;
        out += cr || text[i] == '\n' ? "\r\n" : std::string(1, text[i]);
    }
    return out;
}

void check_line(const std::string& line) {
    CAPTURE(line);
    CHECK(line.size() <= 76);
    CHECK_FALSE(line.starts_with('.'));
    CHECK_FALSE(line.starts_with("From "));
    CHECK_FALSE(line.ends_with(' '));
    CHECK_FALSE(line.ends_with('\t'));
    CHECK(is_printable_ascii(line));
}

void check_round_trip(std::string_view text) {
    CAPTURE(text);
    std::string code = encoded(text);
    CHECK(decode_quoted_printable(code) == with_crlf(text));
    for (const auto& line : lines_of(code)) check_line(line);
}

}  // namespace

TEST_CASE("what needs no encoding stays as it is") {
    CHECK(encoded("") == "");
    CHECK(encoded("Hello, world!\r\n\r\n\tBye. ~\r\n") == "Hello, world!\r\n\r\n\tBye. ~\r\n");
}

TEST_CASE("equals signs, bytes beyond ASCII and controls are encoded") {
    CHECK(encoded("1=1 é\x01\x7f") == "1=3D1 =C3=A9=01=7F");
    CHECK(encoded(std::string_view("\0", 1)) == "=00");
}

TEST_CASE("each kind of line end becomes one CR LF") {
    CHECK(encoded("a\nb\rc\r\nd\n\re\r\r\n") == "a\r\nb\r\nc\r\nd\r\n\r\ne\r\n\r\n");
}

TEST_CASE("blanks at the end of a line or of the text are encoded") {
    CHECK(encoded("a \nb\t\r\n \nc  ") == "a=20\r\nb=09\r\n=20\r\nc =20");
}

TEST_CASE("a leading dot and a leading From are encoded, others are not") {
    CHECK(encoded(".\r\n..a\r\na.b\nFrom me\nFrom\nFromage\nx From y") ==
          "=2E\r\n=2E.a\r\na.b\r\n=46rom me\r\nFrom\r\nFromage\r\nx From y");
}

TEST_CASE("a long line is broken softly after 75 characters") {
    CHECK(encoded(std::string(80, 'x')) == std::string(75, 'x') + "=\r\n" + "xxxxx");
    CHECK(encoded(std::string(75, 'x') + "\n") == std::string(75, 'x') + "\r\n");
    CHECK(encoded(std::string(75, 'x') + ".y") == std::string(75, 'x') + "=\r\n=2Ey");
    CHECK(encoded(std::string(75, 'x') + "From y") == std::string(75, 'x') + "=\r\n=46rom y");
}

TEST_CASE("an encoded byte is never split, and a blank at column 75 finds room") {
    CHECK(encoded(std::string(73, 'x') + "=") == std::string(73, 'x') + "=\r\n=3D");
    CHECK(encoded(std::string(72, 'x') + "=") == std::string(72, 'x') + "=3D");
    CHECK(encoded(std::string(74, 'x') + " \n") == std::string(74, 'x') + "=\r\n=20\r\n");
}

TEST_CASE("every byte is told from literals at every place of a block") {
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t at = 0; at < 17; ++at) {
            std::string text(17, 'x');
            text[at] = static_cast<char>(byte);
            check_round_trip(text);
            text = std::string(17, '~');
            text[at] = static_cast<char>(byte);
            check_round_trip(text);
        }
    }
}

TEST_CASE("appending starts a fresh line of its own and leaves what was there") {
    std::string out = "before ";
    append_quoted_printable(out, "");
    append_quoted_printable(out, ".");
    CHECK(out == "before =2E");
}

TEST_CASE("decoding gives back 4,000 made-up texts, and every line keeps the rules") {
    constexpr std::string_view kPieces[] = {"a",     " ",   "\t",         ".",
                                            "=",     "\r",  "\n",         "\r\n",
                                            "From ", "é",   "\U0001F514", "xxxxxxxxxxxxxxxxxxxx",
                                            "--",    "\x01"};
    std::mt19937 random(7);
    for (int i = 0; i < 4'000; ++i) {
        std::string text;
        for (auto left = random() % 30; left > 0; --left) {
            text += kPieces[random() % std::size(kPieces)];
        }
        check_round_trip(text);
    }
}

TEST_CASE("decoding gives back any bytes") {
    std::mt19937 random(8);
    for (int i = 0; i < 500; ++i) {
        std::string text(random() % 300, '\0');
        for (char& c : text) c = static_cast<char>(random());
        check_round_trip(text);
    }
}
