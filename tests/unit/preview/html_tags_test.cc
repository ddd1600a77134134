#include "preview/html_tags.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string unchanged(std::string_view html) {
    return copy_html(
        html, [](HtmlTag&) { return false; },
        [](std::string_view css) { return std::string(css); });
}

std::string rewritten(std::string_view html) {
    return copy_html(
        html, [](HtmlTag&) { return true; }, [](std::string_view) { return std::string("S"); });
}

}  // namespace

TEST_CASE("what is not changed stays byte for byte, sound or not") {
    for (const char* html :
         {"", "<", "<p", "<p a", "<p a=", "<p a=\"", "a < b <3 c", "<!-- <img src=x> -->x",
          "<!-- open", "</p></", "<style>a{}", "<style>a{}</style",
          "<script>if (a<b) '</p>'</script><p>", "<p =x / y=1>", "\xff<\x80"}) {
        CAPTURE(html);
        CHECK(unchanged(html) == html);
    }
}

TEST_CASE("attributes are read in every quoting") {
    CHECK(rewritten("<IMG SRC=a.png alt='say \"hi\"' WIDTH = \"3\" hidden/><p>") ==
          "<img src=\"a.png\" alt=\"say &quot;hi&quot;\" width=\"3\" hidden=\"\"/><p>");
}

TEST_CASE("tags in comments, scripts and titles are none, and styles go through their own hands") {
    CHECK(rewritten("<!--<B>--><title><B></title><style>x<B></STYLE><B>") ==
          "<!--<B>--><title><B></title><style>S</STYLE><b>");
}

TEST_CASE("the head begins behind its tag, or what comes nearest") {
    auto before = [](std::string_view html) {
        return std::string(html.substr(0, beginning_of_head(html)));
    };
    CHECK(before("<!doctype html><!-- x --><html lang=en><head x><title>") ==
          "<!doctype html><!-- x --><html lang=en><head x>");
    CHECK(before("<!DOCTYPE html>\n<html><body>") == "<!DOCTYPE html>\n<html>");
    CHECK(before("<!doctype html>text<p>") == "<!doctype html>");
    CHECK(before("<p><head>") == "");
    CHECK(before("<!doctype") == "<!doctype");
    CHECK(before("") == "");
}
