#include "webhook/field_picker.h"

#include <doctest/doctest.h>

using namespace tocsin;
using Fields = std::map<std::string, std::string>;

TEST_CASE("texts and numbers at the top and one below, and nothing deeper or in arrays") {
    auto fields = pick_fields(R"({"a":"1","b":2,"c":{"d":"3","e":{"f":"4"},"g":["5",{"h":"6"}]},)"
                              R"("i":["7",{"j":"8"}],"k":null,"l":true,"m":"9","n":-1.5})");
    REQUIRE(fields);
    CHECK(*fields == Fields{{"a", "1"}, {"b", "2"}, {"c.d", "3"}, {"m", "9"}, {"n", "-1.5"}});
}

TEST_CASE("a name that comes twice: who reads on might take the other one") {
    CHECK_FALSE(pick_fields(R"({"a":"1","a":"2"})"));
    CHECK_FALSE(pick_fields(R"({"a":{"b":"1"},"a":{"b":"2"}})"));
    CHECK(pick_fields(R"({"a":{"b":"1"},"c":{"b":"2"}})"));
}

TEST_CASE("what is no object, not whole, or too much") {
    for (const char* text :
         {"", "[]", "1", "\"a\"", "{", "{\"a\":", "{\"a\":1}x", "{'a':1}", "{\"a\":\"\xff\"}"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(pick_fields(text));
    }
    CHECK_FALSE(pick_fields(R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}"));
    CHECK_FALSE(pick_fields(R"({"a":)" + std::string(4'000'000, '[')));
    std::string many = "{\"x\":1";
    for (int i = 0; i < 300; ++i) many += ",\"" + std::to_string(i) + "\":1";
    CHECK_FALSE(pick_fields(many + "}"));
}
