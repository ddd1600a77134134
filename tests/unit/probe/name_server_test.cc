#include "probe/name_server.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("addresses of name servers, with and without a port") {
    CHECK(parse_name_server("9.9.9.9") == "9.9.9.9:53");
    CHECK(parse_name_server("127.0.0.1:5353") == "127.0.0.1:5353");
    CHECK(parse_name_server("2620:fe::fe") == "[2620:fe::fe]:53");
    CHECK(parse_name_server("[::1]") == "[::1]:53");
    CHECK(parse_name_server("[::1]:5353") == "[::1]:5353");
}

TEST_CASE("what is no address of a name server") {
    for (const char* text :
         {"", "nonsense", "dns.harbour.example", ",", "127.0.0.1:x", "127.0.0.1:", "127.0.0.1:0",
          "127.0.0.1:65536", "127.0.0.1:99999999999999", "[::1", "[::1]5353", "127.0.0.1,9.9.9.9",
          "1.2.3"}) {
        CAPTURE(std::string(text));
        CHECK(!parse_name_server(text));
    }
}
