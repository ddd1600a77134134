#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

TEST_CASE("html links: `http:` in links and images, not elsewhere") {
    CHECK(lint_body("<a href=\"http://x.example/\">x</a>\n"
                    "<table background='HTTP://x.example/i.png'></table>\n"
                    "<p xmlns=\"http://www.w3.org/1999/xhtml\">http://x.example/</p>") ==
          Lines{"insecure-link 1:10", "insecure-link 2:20"});
}

TEST_CASE("html links: scripts, however they hide") {
    for (const char* url : {"javascript:void(0)", " JavaScript:x", "java&#10;script:x",
                            "&#x6A;avascript&colon;x", "vbscript:x", "&#1;javascript:x"}) {
        CHECK_MESSAGE(
            lint_body("<a href=\"" + std::string(url) + "\">x</a>") == Lines{"script-link 1:10"},
            url);
    }
    CHECK(lint_body("<a href=\"https://x.example/javascript:x\">x</a>") == Lines{});
}

TEST_CASE("html links: what a mail has no base for") {
    CHECK(
        lint_body("<a href=\"/sign\">x</a>\n<a href=\"//x.example/\">x</a>\n<a href=\"\">x</a>\n"
                  "<a href=\"#\">x</a>\n<a href=\"#part\">x</a>\n<a name=\"part\">x</a>\n"
                  "<a href=\"mailto:a@b.example\">x</a><a href='tel:+15550100'>x</a>") ==
        Lines{"relative-url 1:10", "relative-url 2:10", "relative-url 3:10", "relative-url 4:10"});
}

TEST_CASE("html links: `data:` images and shorteners") {
    CHECK(lint_body("<img src=\"data:image/png;base64,AA\" alt='' width=1>\n"
                    "<a href=\"https://bit.ly/x\">x</a><a href=\"https://rabbit.ly/x\">x</a>") ==
          Lines{"data-url 1:11", "url-shortener 2:10"});
}

TEST_CASE("html links: a text that shows another host") {
    CHECK(lint_body("<a href=\"https://evil.test/\">https://bank.example/login</a>\n"
                    "<a href=\"https://evil.test/\">Go to <b>www.bank.example</b> now</a>\n"
                    "<a href=\"https://act.bank.example/\">bank.example</a>\n"
                    "<a href=\"https://evil.test/\">the report.pdf</a>\n"
                    "<a href=\"mailto:a@b.example\">bank.example</a>") ==
          Lines{"misleading-link 1:10", "misleading-link 2:10"});
}

TEST_CASE("html links: what a column or the data wrote stands at its tag, and is named") {
    const Cells cells{{"page", "http://x.example/"}};
    CHECK(lint_body("\n<a href=\"{{page}}\">x</a>", cells) == Lines{"insecure-link 2:10"});
    CHECK(messages_of(sound_html("<a href=\"{{page}}\">x</a>"), cells) ==
          Lines{"the column `page` begins with `http:`"});
    Content content = test_content(sound_html("<a href=\"{{shop}}\">x</a>"));
    content.data = Value::Map{{"shop", "http://x.example/"}};
    CHECK(lint_of(content) == Lines{"insecure-link 8:10"});
}

TEST_CASE("html links: a field in a link is encoded, or is all of it") {
    const Cells cells{{"page", "https://x.example/"}, {"name", "Ada"}};
    CHECK(lint_body("<a href=\"https://x.example/?n={{name}}\">x</a>\n"
                    "<a href=\"https://x.example/?n={{#urlencode}}{{name}}{{/urlencode}}\">x</a>\n"
                    "<a href=\"{{page}}\">x</a><a href=\" {{page}}?n={{name}}\">x</a>\n"
                    "<p title=\"{{name}}\">{{name}}</p>\n"
                    "<img src=\"https://x.example/{{name}}.png\" alt='' width=1>",
                    cells) == Lines{"unencoded-link-field 1:31", "unencoded-link-field 3:46",
                                    "unencoded-link-field 5:29"});
}

TEST_CASE("html links: a telephone number needs no encoding") {
    CHECK(lint_body("<a href=\"tel:{{phone}}\">call</a>", {{"phone", "+1 555 0100"}}) == Lines{});
}

TEST_CASE("html links: names of our own that go into links as they are") {
    CHECK(lint_body("<a href=\"https://x.example/?u={{unsubscribe_url}}\">x</a>\n"
                    "<a href=\"mailto:{{email}}\">x</a>\n"
                    "<a href=\"https://x.example/?e={{email}}\">x</a>\n"
                    "<a href=\"mailto:a@b.example?subject={{email}}\">x</a>") ==
          Lines{"unencoded-link-field 3:31", "unencoded-link-field 4:37"});
}
