#include "web/answers.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string header(const WebResponse& response, const std::string& name) {
    std::string found;
    for (const auto& [known, value] : response.headers) {
        if (known == name) found += value;
    }
    return found;
}

}  // namespace

TEST_CASE("nothing is kept, sniffed, framed, referred or remembered") {
    for (const WebResponse& response :
         {html_answer(Asked::kPage, 200, "x", "default-src 'none'"),
          text_answer(Asked::kHealth, 200, "ok\n"), refusal(Asked::kOther, 404)}) {
        CHECK(header(response, "Cache-Control") == "no-store");
        CHECK(header(response, "Referrer-Policy") == "no-referrer");
        CHECK(header(response, "X-Content-Type-Options") == "nosniff");
        CHECK(header(response, "Content-Security-Policy") == "default-src 'none'");
        CHECK(header(response, "Set-Cookie").empty());
        CHECK(header(response, "Location").empty());
    }
}

TEST_CASE("a refused method comes with those that there are") {
    CHECK(header(refusal(Asked::kPage, 405), "Allow") == "GET, HEAD, POST");
    CHECK(header(refusal(Asked::kOther, 405), "Allow") == "GET, HEAD");
    CHECK(header(refusal(Asked::kOther, 404), "Allow").empty());
    CHECK(header(refusal(Asked::kOther, 503), "Retry-After") == "60");
}

TEST_CASE("a mail that is shown runs no script") {
    CHECK(mail_policy().starts_with("default-src 'none';"));
    CHECK(mail_policy().find("sandbox") != std::string::npos);
    CHECK(mail_policy().find("allow-scripts") == std::string::npos);
    CHECK(mail_policy().find("script-src") == std::string::npos);
}

TEST_CASE("who shows no password is asked for one, as some clients wait for that") {
    CHECK(header(refusal(Asked::kWebhook, 401), "WWW-Authenticate") == "Basic realm=\"tocsin\"");
    CHECK(header(refusal(Asked::kWebhook, 404), "WWW-Authenticate").empty());
}
