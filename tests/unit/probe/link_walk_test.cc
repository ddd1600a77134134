#include "probe/link_walk.h"

#include <doctest/doctest.h>
#include <map>

#include "probe/link_target.h"

using namespace tocsin;
using Outcome = LinkResult::Outcome;

namespace {

// A web of made-up pages: "HEAD URL" or "URL" to an answer.
struct Web {
    std::map<std::string, Visit> pages{};
    std::vector<std::string> asked{};

    void redirect(const std::string& from, int status, const std::string& to) {
        pages[from] = {status, to, Visit::Trouble::kNone, ""};
    }
    void answer(const std::string& url, int status) {
        pages[url] = {status, "", Visit::Trouble::kNone, ""};
    }
    LinkResult walk(const std::string& url) {
        return walk_link(
            url,
            [this](const std::string& method, const std::string& page) {
                asked.push_back(method + " " + page);
                auto known = pages.find(method + " " + page);
                return known != pages.end() ? known->second : pages.at(page);
            },
            [](const std::string& page) {
                return host_of_link(page) == "u.test" ? "is an unsubscribe link" : "";
            });
    }
};

}  // namespace

TEST_CASE("a page that is there is asked with HEAD alone") {
    Web web;
    web.answer("https://a.test/", 204);
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kFine);
    CHECK(link.status() == 204);
    CHECK(link.said.empty());
    CHECK(web.asked == std::vector<std::string>{"HEAD https://a.test/"});
}

TEST_CASE("where a HEAD is refused, only a GET tells") {
    for (int refusal : {400, 403, 404, 405, 501, 503}) {
        Web web;
        web.answer("HEAD https://a.test/", refusal);
        web.answer("https://a.test/", 200);
        CAPTURE(refusal);
        CHECK(web.walk("https://a.test/").outcome == Outcome::kFine);
        CHECK(web.asked.size() == 2);
    }
    Web web;
    web.pages["HEAD https://a.test/"] = {0, "", Visit::Trouble::kAnswer, "broke off"};
    web.answer("https://a.test/", 200);
    CHECK(web.walk("https://a.test/").outcome == Outcome::kFine);
}

TEST_CASE("error pages are broken links, with their status") {
    Web web;
    web.answer("https://a.test/gone", 410);
    LinkResult link = web.walk("https://a.test/gone");
    CHECK(link.outcome == Outcome::kBroken);
    CHECK(link.said == "answers with status 410");
    CHECK(link.hint == "open it in a browser, and correct the link");

    web.answer("https://a.test/guarded", 403);
    CHECK(web.walk("https://a.test/guarded").hint.find("programs only") != std::string::npos);

    web.redirect("https://a.test/old", 302, "https://a.test/gone");
    CHECK(web.walk("https://a.test/old").said ==
          "answers with status 410, behind a redirect to https://a.test/gone");
    web.answer("https://a.test/nowhere", 302);
    CHECK(web.walk("https://a.test/nowhere").outcome == Outcome::kBroken);
}

TEST_CASE("no answer is no broken link") {
    Web web;
    web.pages["https://a.test/"] = {0, "", Visit::Trouble::kTimeout, "a.test timed out"};
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kUnreachable);
    CHECK(link.said == "a.test timed out");
    CHECK(web.asked.size() == 1);

    web.answer("https://b.test/", 429);
    CHECK(web.walk("https://b.test/").outcome == Outcome::kUnreachable);
    CHECK(web.asked.size() == 2);
}

TEST_CASE("a link that has moved to another host or to TLS for good is told with its target") {
    Web web;
    web.redirect("https://a.test/", 301, "https://www.a.test/");
    web.redirect("https://www.a.test/", 302, "https://www.a.test/en");
    web.answer("https://www.a.test/en", 200);
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kRedirected);
    CHECK(link.said == "has moved for good: it leads to https://www.a.test/en");
    CHECK(link.steps.size() == 3);

    web.redirect("http://b.test/", 308, "https://b.test/");
    web.answer("https://b.test/", 200);
    CHECK(web.walk("http://b.test/").outcome == Outcome::kRedirected);
}

TEST_CASE("a redirect within a host, or for now only, is fine") {
    Web web;
    web.redirect("https://a.test/x", 301, "https://a.test/x/");
    web.redirect("https://a.test/x/", 307, "https://b.test/");
    web.answer("https://b.test/", 200);
    LinkResult link = web.walk("https://a.test/x");
    CHECK(link.outcome == Outcome::kFine);
    CHECK(link.last_url() == "https://b.test/");
}

TEST_CASE("a redirect that leaves TLS is told even if it is for now only") {
    Web web;
    web.redirect("https://a.test/", 302, "http://a.test/");
    web.answer("http://a.test/", 200);
    CHECK(web.walk("https://a.test/").said == "leads to http://a.test/, without TLS");
}

TEST_CASE("redirects in a ring end after ten") {
    Web web;
    web.redirect("https://a.test/", 302, "https://b.test/");
    web.redirect("https://b.test/", 302, "https://a.test/");
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kBroken);
    CHECK(link.said == "leads through more than 10 redirects");
    CHECK(web.asked.size() == 11);
}

TEST_CASE("a redirect to an unsubscribe link is not followed") {
    Web web;
    web.redirect("https://a.test/", 302, "https://u.test/u/abc");
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kNotAsked);
    CHECK(link.said == "leads to https://u.test, which is an unsubscribe link");
    CHECK(web.asked.size() == 1);
}

TEST_CASE("a page of the web that leads into a private network is not followed there") {
    Web web;
    web.redirect("https://a.test/", 302, "http://169.254.169.254/latest");
    LinkResult link = web.walk("https://a.test/");
    CHECK(link.outcome == Outcome::kBroken);
    CHECK(link.said == "leads to http://169.254.169.254, inside a private network");
    CHECK(web.asked.size() == 1);

    web.redirect("http://127.0.0.1/", 302, "http://127.0.0.1/next");
    web.answer("http://127.0.0.1/next", 200);
    CHECK(web.walk("http://127.0.0.1/").status() == 200);
}
