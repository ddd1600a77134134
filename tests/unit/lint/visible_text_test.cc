#include "lint/visible_text.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

VisibleText text_of_html(const std::string& html) {
    auto document = Document::parse(html);
    REQUIRE(document);
    return visible_text(*document, html);
}

}  // namespace

TEST_CASE("visible text: blocks are lines, what is hidden is left out") {
    auto visible = text_of_html(
        "<title>t</title><style>p{}</style><div style='display: none'>pre</div>\n"
        "<p>Dear&nbsp; <b>Rosa</b>,</p> <p>line<br>two</p><div>a<div>b</div>c</div>");
    CHECK(visible.text == "Dear Rosa,\nline\ntwo\na\nb\nc");
}

TEST_CASE("visible text: each byte knows where it stands") {
    const std::string html = "<p>a &amp; &eacute; &copy x</p>\r\n<p>end</p>";
    auto visible = text_of_html(html);
    CHECK(visible.text == "a & é © x\nend");
    CHECK(visible.offset(visible.text.find('&')) == html.find("&amp;"));
    CHECK(visible.offset(visible.text.find("é")) == html.find("&eacute;"));
    CHECK(visible.offset(visible.text.find("end")) == html.find("end"));
    CHECK(visible.offset(10'000) == html.find("d</p>", html.find("end")));
    CHECK(text_of_html("").offset(0) == 0);
}

TEST_CASE("visible text: a link's text is what is seen of it") {
    auto document = Document::parse(
        "<a href=x> Sign \n<img src=y alt='the letter'><span hidden>no</span></a><a href=z></a>");
    REQUIRE(document);
    CHECK(text_of(*document, *document->find("a")) == "Sign the letter");
}
