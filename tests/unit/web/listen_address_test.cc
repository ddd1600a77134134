#include "web/listen_address.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace tocsin;

TEST_CASE("addresses to listen at") {
    CHECK(parse_listen_address("127.0.0.1:8080").port == "8080");
    CHECK(parse_listen_address("[::1]:0").host == "::1");
    CHECK(parse_listen_address("localhost:80").host == "127.0.0.1");
    for (const char* text :
         {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
          "::1:80", "[::1]", "harbour.example:80", "127.0.0.1:80x", "127.0.0.1:http"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_listen_address(text), UsageError);
    }
}

TEST_CASE("a port that is taken is told as such") {
    Descriptor first = listen_at(parse_listen_address("127.0.0.1:0"));
    std::string url = url_of(first);
    REQUIRE(url.starts_with("http://127.0.0.1:"));
    CHECK_THROWS_AS(listen_at(parse_listen_address(url.substr(7))), Unavailable);
}
