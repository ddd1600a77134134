#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

TEST_CASE("html safety: scripts, forms and embedded pages, each at its tag") {
    for (const char* tag : {"script", "form", "iframe", "object", "embed", "textarea", "applet"}) {
        std::string body = "<p>x</p>\n  <" + std::string(tag) + ">";
        Lines found = lint_body(body);
        REQUIRE_MESSAGE(!found.empty(), tag);
        CHECK_MESSAGE(found[0] == "active-content 2:3", tag);
    }
}

TEST_CASE("html safety: handlers stand at their attribute") {
    CHECK(lint_body("<p ONCLICK=\"x()\">a</p>\n<p title='on' on='1'>b</p>") ==
          Lines{"active-content 1:13"});
}

TEST_CASE("html safety: what changes the whole document") {
    std::string html = sound_html("");
    html.insert(html.find("</head>"),
                "<base href=\"https://harbour.example/\">\n"
                "<meta http-equiv=Refresh content='0;url=https://x.example/'>\n"
                "<link rel=\"alternate StyleSheet\" href=\"https://x.example/a.css\">\n"
                "<link rel=\"icon\" href=\"https://x.example/a.png\">\n");
    CHECK(lint_of(html) == Lines{"base-element 7:1", "meta-refresh 8:1", "external-css 9:1"});
}

TEST_CASE("html safety: conditional comments are for Outlook") {
    CHECK(lint_body("<!--[if mso]><form><table><tr><td><![endif]-->x"
                    "<!--[if !mso]><!--><p>y</p><!--<![endif]-->") == Lines{});
}
