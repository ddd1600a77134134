#include "lint/document.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string repeated(std::string_view what, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += what;
    return text;
}

}  // namespace

TEST_CASE("document: elements and attributes know their bytes, values are decoded") {
    const std::string html =
        "<p>a</p>\n<a\n href='https://x.example/?a&amp;b' HIDDEN>t&eacute;</a>";
    auto document = Document::parse(html);
    REQUIRE(document);
    const HtmlNode* link = document->find("a");
    REQUIRE(link != nullptr);
    CHECK(link->offset == html.find("<a"));
    const HtmlAttribute* target = link->attribute("href");
    REQUIRE(target != nullptr);
    CHECK(target->value == "https://x.example/?a&b");
    CHECK(html.substr(target->begin, target->end - target->begin) == "https://x.example/?a&amp;b");
    REQUIRE(link->attribute("hidden") != nullptr);
    CHECK(link->attribute("hidden")->begin == html.find("HIDDEN"));
    CHECK(link->hidden);
    const HtmlNode& text = document->nodes().back();
    CHECK(text.text == "té");
    CHECK(text.hidden);
    CHECK(text.offset == html.find("t&"));
    CHECK(document->has_ancestor(text, "body"));
    CHECK_FALSE(document->has_ancestor(text, "p"));
}

TEST_CASE("document: what the parser makes up has no place") {
    auto document = Document::parse("<table><tr><td>x</table>");
    REQUIRE(document);
    CHECK(document->nodes().front().is("html"));
    CHECK_FALSE(document->find("html")->offset);
    CHECK_FALSE(document->find("tbody")->offset);
    CHECK(document->find("td")->offset == 11);
}

TEST_CASE("document: unknown elements keep their names, conditional comments are none of it") {
    auto document =
        Document::parse("<!--[if mso]><v:rect href='http://x'><![endif]--><O:p>x</O:p>");
    REQUIRE(document);
    CHECK(document->find("o:p") != nullptr);
    CHECK(document->find("v:rect") == nullptr);
}

TEST_CASE("document: badly nested links are told from their copies") {
    auto document = Document::parse("<p><b><a href='#x'>one<div>two</div>three");
    REQUIRE(document);
    int own = 0;
    for (const HtmlNode& node : document->nodes()) own += node.is("a") && !node.repeated;
    CHECK(own == 1);
}

TEST_CASE("document: no nesting overflows the stack") {
    for (std::string_view tag : {"<b>", "<div>", "<a href=x>", "<table>", "<font id=x>", "<svg>"}) {
        auto document = Document::parse(repeated(tag, 19'000));
        if (document) CHECK(document->nodes().size() >= 19'000);
    }
}

TEST_CASE("document: what would take all memory is refused") {
    std::string fonts;
    for (int i = 0; i < 9'000; ++i) fonts += "<b id=" + std::to_string(i) + ">";
    CHECK_FALSE(Document::parse("<p>" + fonts + repeated("<p>x", 9'000)));
    CHECK_FALSE(Document::parse(repeated("<p>", 20'001)));
    CHECK_FALSE(Document::parse(std::string(Document::kMostBytes + 1, 'x')));
    CHECK(Document::parse(std::string(Document::kMostBytes, 'x')));
}

TEST_CASE("document: nothing and no text are documents") {
    auto document = Document::parse("");
    REQUIRE(document);
    CHECK(document->nodes().front().is("html"));
    CHECK(Document::parse(std::string_view("\0<\xff\xfe&#0;", 9)));
}

TEST_CASE("document: what ends the process inside the parser does not reach it") {
    CHECK(Document::parse("<table><svg><foreignobject></><![CDATA[x]]>&"));
    auto document =
        Document::parse("<table><SVG><select><desc><select><th >x</sVg\n><math>y</svgs>");
    REQUIRE(document);
    CHECK(document->find("svg") != nullptr);
    CHECK(document->find("math") != nullptr);
}

TEST_CASE("document: a tag of very many attributes is refused, long values are none") {
    CHECK_FALSE(Document::parse("<a " + repeated("b=1 ", 1'100) + ">x</a>"));
    CHECK(Document::parse("<p style=\"" + repeated("color: red; ", 2'000) + "\">" +
                          repeated("many words / in a text ", 2'000)));
}
