#include "compose/preheader.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string with(std::string html, std::string_view preheader) {
    insert_preheader(html, preheader);
    return html;
}

}  // namespace

TEST_CASE("the preheader is the first thing in the body, hidden and escaped") {
    std::string html = with("<html><BODY class=\"a\"><p>x</p></BODY></html>", "<b>&");
    CHECK(html.starts_with("<html><BODY class=\"a\"><div style=\"display:none"));
    CHECK(html.find("&lt;b&gt;&amp;") != std::string::npos);
    CHECK(html.ends_with("</div><p>x</p></BODY></html>"));
}

TEST_CASE("a mail without a body tag gets it in front") {
    CHECK(with("<p>x</p>", "y").starts_with("<div style=\"display:none"));
    CHECK(with("<bodyguard>", "y").ends_with("</div><bodyguard>"));
    CHECK(with("<body", "y").ends_with("</div><body"));
}
