#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

std::string without(const std::string& part) {
    std::string html = sound_html("");
    REQUIRE(html.find(part) != std::string::npos);
    return html.erase(html.find(part), part.size());
}

}  // namespace

TEST_CASE("html head: what lacks is said of the head") {
    CHECK(lint_of(without(" lang=\"en\"")) == Lines{"no-lang 2:1"});
    CHECK(lint_of(without("<meta charset=\"utf-8\">")) == Lines{"no-charset 3:1"});
    CHECK(lint_of(without("<meta name=\"viewport\" content=\"width=device-width\">")) ==
          Lines{"no-viewport 3:1"});
    CHECK(lint_of(without("<meta name=\"color-scheme\" content=\"light dark\">")) ==
          Lines{"no-color-scheme 3:1"});
}

TEST_CASE("html head: a template without a head") {
    CHECK(lint_of("<p>You get this because you joined. <a href='{{unsubscribe_url}}'>Leave</a> "
                  "<a href='https://harbour.example/privacy'>Privacy</a> "
                  "1 Quay Street<br>Port Anwen</p>") ==
          Lines{"no-lang 1:1", "no-charset 1:1", "no-viewport 1:1", "no-color-scheme 1:1"});
}

TEST_CASE("html head: other ways to say it") {
    std::string html = without("<meta charset=\"utf-8\">");
    html.insert(html.find("</head>"),
                "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=UTF-8'>");
    CHECK(lint_of(html) == Lines{});
    html = without("<meta name=\"color-scheme\" content=\"light dark\">");
    html.insert(html.find("</head>"), "<style>:root { color-scheme: light dark; }</style>");
    CHECK(lint_of(html) == Lines{});
}

TEST_CASE("html head: another character set, and styles in the body") {
    std::string html = sound_html("<style>p { color: red }</style>");
    html.replace(html.find("utf-8"), 5, "iso-8859-1");
    CHECK(lint_of(html) == Lines{"no-charset 4:1", "style-in-body 8:1"});
}
