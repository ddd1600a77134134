#include "delivery/probe_links.h"

#include <doctest/doctest.h>

using namespace tocsin;
using Outcome = LinkResult::Outcome;

namespace {

AudienceSummary::Link link(const std::string& url, int line, bool personal = false) {
    MailLink one;
    one.url = url;
    one.place = {"templates/a.html.mustache", line, 9};
    one.excerpt = "<a href=…>";
    one.personal = personal;
    return {one, 3};
}

std::vector<std::string> reported(const std::vector<LinkResult>& results,
                                  const CampaignLinks& links, const LintIgnore& ignore = {}) {
    Findings findings;
    LintReport report(ignore, findings);
    report_links(results, links, report);
    findings.sort();
    std::vector<std::string> texts;
    for (const Finding& found : findings.all()) {
        texts.push_back(std::to_string(found.place.line) + " " + found.id + ": " + found.message);
        CHECK(found.severity == Severity::kWarning);
        CHECK(found.excerpt == "<a href=…>");
    }
    return texts;
}

LinkResult result(const std::string& url, Outcome outcome, const std::string& said) {
    return {url, outcome, {}, said, ""};
}

}  // namespace

TEST_CASE("what is wrong with a target is reported wherever a link leads to it") {
    CHECK(reported({result("https://a.test/x", Outcome::kBroken, "answers with status 404"),
                    result("https://b.test/", Outcome::kFine, "")},
                   {link("https://a.test/x#one", 1), link("https://b.test/", 2),
                    link("https://a.test/x", 3), link("mailto:me@a.test", 4)}) ==
          std::vector<std::string>{"1 link-broken: `https://a.test/x` answers with status 404",
                                   "3 link-broken: `https://a.test/x` answers with status 404"});
}

TEST_CASE("each outcome has its rule, and an ignored one says nothing") {
    const std::vector<LinkResult> results = {
        result("https://a.test/", Outcome::kRedirected, "has moved"),
        result("https://b.test/", Outcome::kUnreachable, "cannot be reached"),
        result("https://c.test/", Outcome::kNotAsked, "is an unsubscribe link")};
    const CampaignLinks links = {link("https://a.test/", 1), link("https://b.test/", 2),
                                 link("https://c.test/", 3)};
    CHECK(reported(results, links) ==
          std::vector<std::string>{"1 link-redirect: `https://a.test/` has moved",
                                   "2 link-unreachable: `https://b.test/` cannot be reached"});
    CHECK(reported(results, links, {"link-redirect"}).size() == 1);
}

TEST_CASE("several targets at one place are all named") {
    std::vector<LinkResult> results;
    CampaignLinks links;
    for (int i = 0; i < 7; ++i) {
        const std::string url = "https://a.test/" + std::to_string(i);
        results.push_back(result(url, Outcome::kBroken, "answers with status 404"));
        links.push_back(link(url, 1));
        links.push_back(link(url, 1));  // of another shape
    }
    const auto texts = reported(results, links);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].find("`https://a.test/0` answers with status 404; `https://a.test/1`") !=
          std::string::npos);
    CHECK(texts[0].ends_with("; and 2 more"));
}

TEST_CASE("a personal link is never said to be broken: nobody asked") {
    CHECK(reported({result("https://a.test", Outcome::kBroken, "answers with status 404")},
                   {link("https://a.test", 1, true)})
              .empty());
}
