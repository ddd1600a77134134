#include "lint/same_link.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

TEST_CASE("links to one page have one name") {
    const std::string name = link_name("https://act.commonway.example/buses");
    CHECK(name == "https://act.commonway.example/buses");
    for (const char* url :
         {"HTTPS://Act.Commonway.Example/buses", "https://act.commonway.example/buses/",
          "https://act.commonway.example:443/buses", "https://act.commonway.example/buses#sign",
          "https://act.commonway.example/buses?utm_source=email&UTM_Campaign=x"}) {
        CAPTURE(std::string(url));
        CHECK(link_name(url) == name);
    }
    CHECK(link_name("https://a.example") == link_name("https://a.example/"));
    CHECK(link_name("https://a.example/?a=1&utm_medium=m&b=2") == "https://a.example?a=1&b=2");
}

TEST_CASE("links to different pages have different names") {
    const std::string name = link_name("https://act.commonway.example/buses");
    for (const char* url :
         {"http://act.commonway.example/buses", "https://act.commonway.example/Buses",
          "https://act.commonway.example/buses?id=1", "https://commonway.example/buses",
          "https://act.commonway.example:444/buses"}) {
        CAPTURE(std::string(url));
        CHECK(link_name(url) != name);
    }
}

TEST_CASE("what is no page has no name") {
    for (const char* url : {"", "mailto:hello@commonway.example", "/buses", "tel:123", "#top"}) {
        CAPTURE(std::string(url));
        CHECK(link_name(url).empty());
    }
}
