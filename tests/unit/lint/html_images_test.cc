#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

const std::string kImage = "<img src=\"https://x.example/i.png\" width=\"600\" alt=\"The ferry\">";

std::string words(std::size_t times) {
    std::string text = "<p>";
    for (std::size_t i = 0; i < times; ++i) text += "a ferry that sails on\n";
    return text + "</p>";
}

}  // namespace

TEST_CASE("html images: without a text or a width") {
    CHECK(lint_body("<img src=\"https://x.example/i.png\" width=9>\n"
                    "<img src=\"https://x.example/i.png\" alt=\"\" width=\"\">" +
                    words(40)) == Lines{"image-without-alt 1:1", "image-without-width 2:1"});
}

TEST_CASE("html images: an empty `alt` is for decoration, not for all of a link") {
    CHECK(lint_body("<img src=\"https://x.example/i.png\" alt=\"\" width=9>\n"
                    "<a href=\"https://x.example/\"><img src=\"https://x.example/i.png\" alt=\"\" "
                    "width=9></a>\n"
                    "<a href=\"https://x.example/\"><img src=\"https://x.example/i.png\" alt=\"\" "
                    "width=9> Sign</a>") == Lines{"image-without-alt 2:30"});
}

TEST_CASE("html images: a poster is no mail, a mail with a picture is") {
    CHECK(lint_body(kImage) == Lines{"mostly-image 1:1"});
    CHECK(lint_body(kImage + words(20)) == Lines{});
    CHECK(lint_body("<img src=\"https://x.example/i.png\" alt=\"\" width=\"24\">") == Lines{});
    std::string many;
    for (int i = 0; i < 12; ++i) many += kImage + "\n";
    CHECK(lint_body(many + words(20)) == Lines{"mostly-image 1:1"});
    CHECK(lint_body(many + words(60)) == Lines{});
}
