#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

TEST_CASE("html css: what Outlook and Gmail do not know, each at its property") {
    CHECK(lint_body("<p style=\"color:red; position: absolute\">x</p>\n"
                    "<p style='display:flex'></p>\n"
                    "<p style='position:static;display:block;background-position:0 0'>x</p>") ==
          Lines{"unsafe-css 1:22", "unsafe-css 2:11"});
}

TEST_CASE("html css: margins of a div, unless there are none") {
    CHECK(
        lint_body("<div style=\"margin:9px auto\">x</div>\n<div style=\"margin-top:4px\">x</div>\n"
                  "<div style=\"margin:0 auto 0px !important\">x</div><p style=\"margin:0 0 "
                  "9px\">x</p>") == Lines{"unsafe-css 1:13", "unsafe-css 2:13"});
}

TEST_CASE("html css: style sheets, but not what is for programs that know it") {
    std::string html = sound_html("");
    html.insert(html.find("</head>"),
                "<style>\n.a { display: grid; }\n"
                "@media (max-width: 480px) { .b { display: flex; position: relative; } }\n"
                "</style>\n<style>\n  @import url(https://x.example/a.css);\n</style>");
    CHECK(lint_of(html) == Lines{"unsafe-css 8:6", "external-css 12:3"});
}

TEST_CASE("html css: images of style sheets") {
    CHECK(lint_body("<p style=\"background: url('http://x.example/i.png')\">x</p>\n"
                    "<p style='background-image:url(data:image/png;base64,AA)'>x</p>\n"
                    "<p style='background-image:url(https://x.example/i.png)'>x</p>") ==
          Lines{"insecure-link 1:11", "data-url 2:11"});
}

TEST_CASE("html css: elements that some programs show nothing of") {
    CHECK(lint_body("<picture><img src='https://x.example/i.png' alt='' width=9></picture>\n"
                    "<svg></svg>\n<video></video>") ==
          Lines{"unsafe-element 1:1", "unsafe-element 2:1", "unsafe-element 3:1"});
}

TEST_CASE("html css: where references stand in an attribute, its beginning is the place") {
    CHECK(lint_body("<p style=\"font-family:&quot;A&quot;;position:fixed\">x</p>") ==
          Lines{"unsafe-css 1:11"});
}
