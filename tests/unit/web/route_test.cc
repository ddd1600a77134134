#include "web/route.h"

#include <doctest/doctest.h>

using namespace tocsin;
using Place = Route::Place;

namespace {

void check(const char* path, Place place, const char* token = "") {
    CAPTURE(path);
    Route route = route_of(path);
    CHECK(route.place == place);
    CHECK(route.token == token);
}

}  // namespace

TEST_CASE("the last segments count, behind whatever path") {
    check("/abc", Place::kToken, "abc");
    check("/u/abc", Place::kToken, "abc");
    check("/a/b/u/abc", Place::kToken, "abc");
    check("/u/abc/view", Place::kView, "abc");
    check("/abc/view", Place::kView, "abc");
    check("/u/pull", Place::kPull);
    check("/pull", Place::kPull);
}

TEST_CASE("health and metrics are not behind the path that a proxy passes on") {
    check("/healthz", Place::kHealth);
    check("/metrics", Place::kMetrics);
    check("/u/healthz", Place::kToken, "healthz");
    check("/u/metrics", Place::kToken, "metrics");
}

TEST_CASE("paths that lead nowhere have no token that could be one") {
    check("/", Place::kToken);
    check("", Place::kToken);
    check("/u/", Place::kToken);
    check("/u/abc/", Place::kToken);
    check("view", Place::kToken, "view");
    check("/view", Place::kToken, "view");
    check("//view", Place::kView);
    check("/u/abc%00", Place::kToken, "abc%00");
    check("/favicon.ico", Place::kNoPage);
    check("/robots.txt", Place::kNoPage);
}

TEST_CASE("webhooks of the providers that there are, behind whatever path") {
    for (const char* path :
         {"/webhooks/postmark", "/u/webhooks/postmark", "/a/b/webhooks/postmark"}) {
        CAPTURE(std::string(path));
        Route route = route_of(path);
        CHECK(route.place == Place::kWebhook);
        CHECK(route.provider == ProviderKind::kPostmark);
    }
    check("/webhooks/unknown", Place::kToken, "unknown");
    check("/webhooks/postmark/", Place::kToken);
    check("/webhooks/", Place::kToken);
    check("/postmark", Place::kToken, "postmark");
    check("/xwebhooks/postmark", Place::kToken, "postmark");
    check("/webhooks/view", Place::kView, "webhooks");
}
