#include "lint/html_urls.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("html urls: what is clicked and what is loaded, each written place once") {
    auto document = Document::parse(
        "<p><a href=' https://a.example '>x<div>y</div></a><img src=b.png><td background=c.png>"
        "<link href=d.css><map><area href=e.html></map><video poster=f.png src=g.mp4></video>");
    REQUIRE(document);
    std::vector<std::string> found;
    for (const HtmlUrl& url : html_urls(*document)) {
        found.push_back((url.clicked ? "to " : "of ") + url.target.url);
    }
    CHECK(found ==
          std::vector<std::string>{"to https://a.example", "of b.png", "to e.html", "of f.png"});
}
