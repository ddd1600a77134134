#include "preview/framed_html.h"

#include <doctest/doctest.h>

#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

const std::string kDarkStyles =
    "<html><head><style>@media (prefers-color-scheme: dark) and (width>1px) { a {} } "
    "@media (Prefers-Color-Scheme:light){ b {} }</style></head><p>x</p></html>";

}  // namespace

TEST_CASE("which colours a reader prefers is decided in the copy") {
    std::string light = framed_html(kDarkStyles, FramedLook::kLight);
    CHECK(has(light,
              "@media (max-width:-1px) and (width>1px) { a {} } @media (min-width:0px){ b {} }"));
    CHECK(has(light, "color-scheme:only light"));
    std::string dark = framed_html(kDarkStyles, FramedLook::kDark);
    CHECK(has(dark,
              "@media (min-width:0px) and (width>1px) { a {} } @media (max-width:-1px){ b {} }"));
    CHECK(has(dark, "color-scheme:only dark"));
    CHECK_FALSE(has(dark, "filter"));
}

TEST_CASE("the colours of a mail without dark styles are turned") {
    CHECK(has(framed_html("<p>x</p>", FramedLook::kDark), "filter:invert(1)"));
    CHECK_FALSE(has(framed_html("<p>x</p>", FramedLook::kLight), "filter"));
}

TEST_CASE("a mail says something of dark colours in a style or a meta, not by naming light alone") {
    CHECK(has_dark_styles(kDarkStyles));
    CHECK(has_dark_styles("<meta name=\"color-scheme\" content=\"light dark\">"));
    CHECK(has_dark_styles("<style>:root{color-scheme: light dark}</style>"));
    CHECK_FALSE(has_dark_styles("<meta name=\"color-scheme\" content=\"light only\"><p>dark"));
    CHECK_FALSE(has_dark_styles("<p>darkness</p>"));
}

TEST_CASE("what comes in front stands in the head, where it does not bring quirks") {
    CHECK(framed_html("<!doctype html><html><head><title>", FramedLook::kLight)
              .starts_with("<!doctype html><html><head><base target=\"_blank\"><style>"));
}

TEST_CASE("nothing of the net is left to be loaded") {
    std::string copy = framed_html(
        "<base href=//e.example/><link rel=stylesheet href=https://e.example/a.css>"
        "<meta http-equiv=refresh content='0;url=https://e.example/'>"
        "<style>a{background:url( 'https://e.example/b.png' )}b{x:url(//e.example/c)}</style>"
        "<td background=http://e.example/d.png "
        "style=\"background:URL(&quot;https://e.example/e.png&quot;)\">"
        "<img src=https://e.example/f.png srcset='https://e.example/g.png 2x' width=20 height=10>"
        "<video poster=https://e.example/h src=https://e.example/i></video><iframe "
        "src=https://e.example/j></iframe>",
        FramedLook::kLight);
    CHECK_FALSE(has(copy, "e.example"));
    CHECK(has(copy, "<img src=\"data:image/svg+xml,"));
    CHECK(has(copy, "f.png"));
}

TEST_CASE("what needs no net stays") {
    const std::string kept =
        "<img src=\"data:image/png;base64,AA\" alt=\"a\"><p "
        "style=\"background:url(data:image/png,AA)\">"
        "<p style='background:url(&quot;data:image/png,AA&quot;)'><b style=\"mask:url(#m)\">"
        "<a href=\"https://e.example/\">";
    CHECK(has(framed_html(kept, FramedLook::kLight), kept));
}

TEST_CASE("a picture's stand-in has its size, and its name cannot get out") {
    std::string copy = framed_html(
        "<img width=20 height='5%' src='https://e.example/\"><script>?x'>", FramedLook::kLight);
    CHECK(has(copy, "width%3D%2220%22%20height%3D%22150%22"));
    CHECK_FALSE(has(copy, "<script>"));
}

TEST_CASE("without images their alt texts are left, of data URLs too") {
    CHECK(has(framed_html("<img src=data:image/png,AA alt=Bus>", FramedLook::kNoImages),
              "<img src=\"data:,\" alt=\"Bus\">"));
}

TEST_CASE("no link opens in the frame itself") {
    CHECK(has(framed_html("<a target=_self href=x>", FramedLook::kLight),
              "<a target=\"_blank\" href=\"x\">"));
}

TEST_CASE("no tag that connects by itself is left, however it was hidden") {
    for (const char* html : {
             "<svg><title><link rel=preconnect href=https://e.example></title></svg>",
             "<!-- --!><LINK rel=preconnect href=https://e.example><!-- -->",
             "<textarea><style></textarea><link rel=dns-prefetch href=//e.example></style>",
             "<style></stylex><!--</style><meta http-equiv=x-dns-prefetch-control content=on>-->",
         }) {
        CAPTURE(html);
        const std::string copy = framed_html(html, FramedLook::kLight);
        CHECK_FALSE(has(copy, "<link"));
        CHECK_FALSE(has(copy, "<LINK"));
        CHECK_FALSE(has(copy, "<meta"));
    }
}
