#include "lint/target.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("target: schemes are read through what hides them") {
    CHECK(read_target(" HTTPS://Act.Harbour.example:443/x?y ").scheme == "https");
    CHECK(read_target(" HTTPS://Act.Harbour.example:443/x?y ").host == "act.harbour.example");
    CHECK(read_target("java\nscript:alert(1)").scheme == "javascript");
    CHECK(read_target("\x01java\x02script :alert(1)").scheme == "javascript");
    CHECK(read_target("mailto:a@b.example").scheme == "mailto");
    CHECK(read_target("mailto:a@b.example").host.empty());
    CHECK(read_target("https://user@evil.example\\@good.example/").host == "evil.example");
}

TEST_CASE("target: what has no scheme is relative") {
    for (const char* url :
         {"", "page.html", "/page:2", "?a:b", "#part", "//cdn.example/x", "1:2"}) {
        CHECK_MESSAGE(read_target(url).relative(), url);
    }
    CHECK(read_target("//cdn.example/x").host == "cdn.example");
}

TEST_CASE("target: sub-domains are the same site, look-alikes are not") {
    CHECK(same_site("www.harbour.example", "harbour.example"));
    CHECK(same_site("act.harbour.example", "www.harbour.example"));
    CHECK_FALSE(same_site("harbour.example", "myharbour.example"));
    CHECK_FALSE(same_site("harbour.example", "harbour.example.evil.test"));
}

TEST_CASE("target: a host is shown by an address, not by words or files") {
    CHECK(shown_host("https://Bank.example/login") == "bank.example");
    CHECK(shown_host("Go to www.bank.example, now") == "www.bank.example");
    CHECK(shown_host("bank.example/login") == "bank.example");
    for (const char* text : {"", "Sign now", "report.pdf", "e.g.", "3.14", "See bank.example now",
                             "hello@bank.example", "v1.2", "..x"}) {
        CHECK_MESSAGE(shown_host(text).empty(), text);
    }
}

TEST_CASE("target: shorteners") {
    CHECK(is_shortener("bit.ly"));
    CHECK(is_shortener("www.tinyurl.com"));
    CHECK_FALSE(is_shortener("harbour.example"));
}
