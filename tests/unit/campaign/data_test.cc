// `render --data`
#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::report;
using testing::WorkspaceFolder;

std::optional<Value> json(const std::string& text, Findings& findings) {
    return parse_json_data(SourceText("d.json", text), findings);
}

std::string json_report(const std::string& text) {
    Findings findings;
    CHECK_FALSE(json(text, findings));
    return report(findings);
}

Value json_value(const std::string& text) {
    Findings findings;
    auto value = json(text, findings);
    REQUIRE(value);
    return *value;
}

Value yaml_value(const std::string& text) {
    Findings findings;
    auto value = parse_yaml_data(SourceText("d.yaml", text), findings);
    CHECK(report(findings) == "");
    REQUIRE(value);
    return *value;
}

}  // namespace

TEST_CASE("YAML data: any document, scalars as written") {
    CHECK(yaml_value("a: 5.50\n\"b c\": [true, 'true', ~, no, 1e3]\nemail: x\n") ==
          Value(Value::Map{
              {"a", "5.50"}, {"b c", Value::List{true, "true", {}, "no", "1e3"}}, {"email", "x"}}));
    CHECK(yaml_value("- a\n") == Value(Value::List{"a"}));
    CHECK(yaml_value("text\n") == Value("text"));
    CHECK(yaml_value("") == Value());
    CHECK(yaml_value("a:\n") == Value(Value::Map{{"a", {}}}));
}

TEST_CASE("JSON data: numbers as written") {
    CHECK(json_value("{\"a\": [1.50, -0.0, 1e2, 12345678901234567890123, 7, -7, true, null], "
                     "\"b c\": {}, \"d\": \"\\u00e9\\n\"}") ==
          Value(Value::Map{
              {"a",
               Value::List{"1.50", "-0.0", "1e2", "12345678901234567890123", "7", "-7", true, {}}},
              {"b c", Value::Map{}},
              {"d", "é\n"}}));
    CHECK(json_value(" \"x\" ") == Value("x"));
    CHECK(json_value("[]") == Value(Value::List{}));
}

TEST_CASE("JSON syntax errors have a place") {
    CHECK(json_report("{\"a\": 1,\n \"b\": }\n") ==
          "d.json:2:7: error: this is not JSON [json-syntax]\n"
          "   \"b\": }\n"
          "        ^\n");
    CHECK(json_report("{\"a\": 1} x").starts_with("d.json:1:10: error: this is not JSON"));
    CHECK(json_report("").starts_with("d.json:1:1: error: this is not JSON"));
    CHECK(json_report("[1, 1e999]") ==
          "d.json:1:9: error: this number is too large [json-syntax]\n"
          "  [1, 1e999]\n"
          "          ^\n"
          "  hint: write it as text, in quotes\n");
}

TEST_CASE("JSON: equal keys, deep nesting, bad bytes") {
    CHECK(json_report("{\"a\": 1,\n \"a\": 2}\n") ==
          "d.json:2:2: error: `a` stands here a second time [duplicate-key]\n"
          "   \"a\": 2}\n"
          "   ^\n");
    CHECK(json_report("{\"\\\"\\\\\": 1, \"\\\"\\\\\": 2}").starts_with("d.json:1:13: error"));
    CHECK(json_report(std::string(1'000'000, '['))
              .starts_with("d.json:1:65: error: lists and maps are nested more than 64 deep"));
    CHECK(json_report("[\"\xFF\"]").starts_with("d.json:1:3: error: this byte is not UTF-8"));
    CHECK(json_value(std::string(64, '[') + std::string(64, ']')).list() != nullptr);
}

TEST_CASE("the ending of the name decides the format") {
    WorkspaceFolder folder;
    Findings findings;
    CHECK(read_data(folder.write("d.JSON", "{\"a\": 1.0}"), findings) ==
          Value(Value::Map{{"a", "1.0"}}));
    CHECK(read_data(folder.write("d.yaml", "a: b\n"), findings) == Value(Value::Map{{"a", "b"}}));
    CHECK_FALSE(read_data(folder.write("e.json", "a: b\n"), findings));
    CHECK_FALSE(read_data(folder.write("e.yaml", "a: b\na: c\n"), findings));
    CHECK_THROWS_AS(read_data(folder.path() / "none.yaml", findings), MissingInput);
}

}  // namespace tocsin
