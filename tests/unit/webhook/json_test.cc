#include "webhook/json.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("what is missing or of another type is empty") {
    auto json = read_json(R"({"a":"x","b":12345678901234567,"c":[1,2],"d":{"e":"f"},"g":null})");
    REQUIRE(json);
    CHECK(text_in(*json, "a") == "x");
    CHECK(text_in(*json, "b") == "12345678901234567");
    CHECK(text_in(*json, "c") == "");
    CHECK(text_in(*json, "g") == "");
    CHECK(text_in(*json, "missing") == "");
    CHECK(text_in(child(*json, "d"), "e") == "f");
    CHECK(text_in(child(*json, "a"), "e") == "");
    CHECK(each_of(child(*json, "c")).size() == 2);
    CHECK(each_of(child(*json, "a")).size() == 1);
    CHECK(each_of(child(*json, "g")).empty());
}

TEST_CASE("what is nested too deep is left out, and the rest stays") {
    auto json = read_json(R"({"deep":)" + std::string(1'000, '[') + std::string(1'000, ']') +
                          R"(,"a":"x"})");
    REQUIRE(json);
    CHECK(text_in(*json, "a") == "x");
    CHECK_FALSE(read_json("{"));
}
