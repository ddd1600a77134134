#include "compose/html_to_text.h"

#include <doctest/doctest.h>

#include "compose/text_layout.h"

using namespace tocsin;

TEST_CASE("links become footnotes, each target once") {
    CHECK(html_to_text("<p><a href=\"https://a.example/x\">Act now</a> or "
                       "<a href=\"https://b.example/\">read on</a>.</p>"
                       "<p><a href=\"https://a.example/x\">Act!</a></p>") ==
          "Act now [1] or read on [2].\n\nAct! [1]\n\n[1] https://a.example/x\n[2] "
          "https://b.example/\n");
}

TEST_CASE("a link whose text is its target gets no footnote") {
    CHECK(html_to_text("<p><a href=\"https://www.harbour.example/\">harbour.example</a>, "
                       "<a href=\"mailto:hello@harbour.example\">hello@harbour.example</a></p>") ==
          "harbour.example, hello@harbour.example\n");
}

TEST_CASE("a long target stays on the line of its number") {
    std::string target = "https://a.example/" + std::string(90, 'x');
    CHECK(html_to_text("<p><a href=\"" + target + "\">Act</a></p>") ==
          "Act [1]\n\n[1] " + target + "\n");
}

TEST_CASE("headings are underlined and blocks stand apart") {
    CHECK(html_to_text("<h1>Not in our name</h1><p>One.</p><h2>Why</h2><p>Two<br>lines.</p>") ==
          "Not in our name\n===============\n\nOne.\n\nWhy\n---\n\nTwo\nlines.\n");
}

TEST_CASE("lists and quotations are marked") {
    CHECK(html_to_text("<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>"
                       "<blockquote>said</blockquote>") == "* a\n* b\n\n1. c\n2. d\n\n> said\n");
}

TEST_CASE("what a reader does not see is left out") {
    CHECK(
        html_to_text(
            "<html><head><title>t</title><style>p{}</style></head><body>"
            "<div style=\"DISPLAY: none\">hidden</div><script>x()</script>"
            "<p hidden>no</p><!-- no --><p>seen <img src=\"x\" alt=\"a bus\"></p></body></html>") ==
        "seen a bus\n");
}

TEST_CASE("layout tables read from top to bottom") {
    CHECK(html_to_text("<table><tr><td>one</td></tr><tr><td>two</td><td>three</td></tr></table>") ==
          "one\ntwo\nthree\n");
}

TEST_CASE("long paragraphs are wrapped at 72 characters, not bytes") {
    std::string words;
    for (int i = 0; i < 60; ++i) words += "äöü ";
    std::string text = html_to_text("<p>" + words + "</p>");
    std::size_t start = 0, longest = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        longest =
            std::max(longest, character_count(std::string_view(text).substr(start, end - start)));
        start = end + 1;
    }
    CHECK(longest == 71);
}

TEST_CASE("entities are characters again and white space is one space") {
    CHECK(html_to_text("<p>Fish &amp;\n\t chips&nbsp;&lt;3</p>") == "Fish & chips\u00A0<3\n");
}

TEST_CASE("hostile nesting ends in bounded time and does not crash") {
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += "<div>";
    CHECK_NOTHROW(html_to_text(deep + "x"));
    CHECK(html_to_text("") == "");
    CHECK_NOTHROW(html_to_text("<<<>>><a href=><p"));
}
