// The situations of the mustache specification (tests/spec), through `render` and, where data are
// complete, through `bind`: the two must agree. The command itself is tested in
// tests/cli/mustache_spec_test.py.
#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "unit/templating/fixture.h"

namespace tocsin {
namespace {

using Json = nlohmann::ordered_json;

Value value_of(const Json& json) {
    if (json.is_null()) return {};
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_array()) {
        Value::List list;
        for (const Json& item : json) list.push_back(value_of(item));
        return list;
    }
    if (!json.is_object()) return json.dump();
    Value::Map map;
    for (const auto& [key, member] : json.items()) map.emplace_back(key, value_of(member));
    return map;
}

// Returns how many cases there were.
int run_cases(const char* file, int& bound) {
    int cases = 0;
    Json json = Json::parse(std::ifstream(std::string(TOCSIN_SOURCE_DIR "/tests/spec/") + file));
    for (const Json& test : json["tests"]) {
        std::string name = test["name"];
        CAPTURE(file);
        CAPTURE(name);
        Value data = value_of(test["data"]);
        PartialTexts partials;
        if (test.contains("partials")) partials = test["partials"].get<PartialTexts>();
        auto loaded = load(test["template"], partials, {Escape::kHtml, true, true});
        REQUIRE(loaded);
        CHECK(loaded->render(data) == test["expected"].get<std::string>());
        Findings findings;
        if (auto folded = loaded->bind(data, {}, findings)) {
            CHECK(folded->render({}) == test["expected"].get<std::string>());
            ++bound;
        }
        ++cases;
    }
    return cases;
}

}  // namespace

TEST_CASE("all 136 situations that the specification requires") {
    int bound = 0;
    CHECK(run_cases("comments.json", bound) == 12);
    CHECK(run_cases("delimiters.json", bound) == 14);
    CHECK(run_cases("interpolation.json", bound) == 42);
    CHECK(run_cases("inverted.json", bound) == 22);
    CHECK(run_cases("partials.json", bound) == 12);
    CHECK(run_cases("sections.json", bound) == 34);
    CHECK(bound == 120);  // the others print what is missing or null
}

}  // namespace tocsin
