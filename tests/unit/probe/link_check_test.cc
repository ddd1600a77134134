#include "probe/link_check.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <mutex>

#include "support/http_script.h"

using namespace tocsin;
using namespace tocsin::test;
using Outcome = LinkResult::Outcome;

TEST_CASE("results come in the order of the links, with the reasons of what was not asked") {
    std::mutex mutex;
    std::vector<std::string> asked;
    LinkCheckSettings settings;
    settings.website = "https://harbour.example";
    settings.unsubscribe_url = "https://u.harbour.test/u/";
    std::vector<LinkToProbe> links = {{"https://u.harbour.test/u/preview"},
                                      {"https://act.test/?who=ann", true}};
    for (int i = 0; i < 30; ++i) links.push_back({"https://act.test/" + std::to_string(i)});
    auto results = check_links(links, settings, [&](const HttpRequest& request, Milliseconds) {
        std::lock_guard lock(mutex);
        asked.push_back(request.url);
        CHECK(request.headers.at(0).second == "tocsin (link check; +https://harbour.example)");
        return Visit{request.url.ends_with("7") ? 404 : 200};
    });
    REQUIRE(results.size() == 32);
    CHECK(results[0].outcome == Outcome::kNotAsked);
    CHECK(results[1].outcome == Outcome::kNotAsked);
    for (std::size_t i = 2; i < results.size(); ++i) {
        CHECK(results[i].url == links[i].url);
        CHECK((results[i].outcome == Outcome::kBroken) == links[i].url.ends_with("7"));
    }
    CHECK(asked.size() == 30 + 3);  // a GET behind each HEAD that was refused
    CHECK(std::ranges::count(asked, "https://act.test/?who=ann") == 0);
}

TEST_CASE("a real server is asked, and redirects of its own are followed") {
    ScriptedServer server(http_script([](const HeardRequest& request) {
        bool old = request.line.starts_with("HEAD /old ");
        return old ? http_response(302, "Location: /new\r\n", "") : http_response(200, "", "");
    }));
    auto results = check_links({{url_of(server, "/old#here")}}, {});
    REQUIRE(results.size() == 1);
    CHECK(results[0].outcome == Outcome::kFine);
    CHECK(results[0].last_url() == url_of(server, "/new"));
}

TEST_CASE("no links, no work") {
    CHECK(check_links({}, {}).empty());
}
