#include <doctest/doctest.h>

#include "preview/page_parts.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

AudienceSummary::Link link(std::string url, std::string text, std::size_t people,
                           bool in_html = true) {
    return {{std::move(url), std::move(text), {"a.html", 3, 1}, "", in_html, false}, people};
}

}  // namespace

TEST_CASE("a field says how many miss it and what stands in") {
    CampaignSummary summary;
    summary.audience.people = 400;
    summary.audience.fields = {{"name", {"a.html", 3, 1}, 100, false},
                               {"greeting", {"a.html", 4, 1}, 1, true}};
    summary.fallbacks = {{"greeting", "Friend"}};
    std::string html = field_card(summary);
    CHECK(has(html,
              "<code title=\"a.html:3\">name</code></td><td class=\"n share\"><u "
              "style=\"width:25%\"></u>100 "
              "<small>25%</small></td><td><span class=\"quiet\">–</span>"));
    CHECK(has(html, "1 <small>&lt;1%</small></td><td><bdi>Friend</bdi>"));
    CHECK(field_card({}).empty());
}

TEST_CASE("a branch has one row, with all its places") {
    AudienceSummary audience;
    audience.people = 10;
    audience.branches = {{"{{#a}}", {"a.html", 3, 1}, 4},
                         {"{{^a}}", {"a.html", 4, 1}, 6},
                         {"{{#a}}", {"a.txt", 5, 1}, 4}};
    std::string html = branch_card(audience);
    CHECK(count(html, "<code>{{#a}}</code>") == 1);
    CHECK(has(html, "a.html:3 · a.txt:5"));
    CHECK(has(html, "6 <small>60%</small>"));
}

TEST_CASE(
    "each target is there once, with all its texts, and marked where it is personal or in one part "
    "only") {
    AudienceSummary audience;
    audience.people = 10;
    audience.links = {link("https://a.example/", "Sign", 10), link("https://b.example/", "More", 4),
                      link("https://a.example/", "Sign now", 3),
                      link("https://a.example/", "", 10, false),
                      link("https://c.example/", "", 10, false)};
    audience.links[1].link.personal = true;
    std::string html = link_card(audience);
    CHECK(count(html, "https://a.example/") == 1);
    CHECK(has(html, "<bdi>Sign</bdi><br><bdi>Sign now</bdi></td>"));
    CHECK(has(html,
              "<bdi>More</bdi> <span class=\"badge\">personal</span> <span class=\"badge\">HTML "
              "only</span>"));
    CHECK(has(html, "4 <small>40%</small>"));
    CHECK(has(html, "in the text part only"));
}
