// Nothing that data hold can become a template, a partial or markup.
#include <doctest/doctest.h>

#include "unit/templating/fixture.h"

namespace tocsin {
namespace {

const char* const kHostile[] = {"{{secret}}",
                                "{{{secret}}}",
                                "{{&t0}}",
                                "{{#secret}}{{/secret}}",
                                "{{>card}}",
                                "{{=<% %>=}}<%secret%>",
                                "{{v0}}{{s0}}",
                                "{{! x",
                                "|",
                                "{{",
                                "}}",
                                "\\{{secret}}"};

Value data_with(const std::string& value) {
    return Value::Map{{"x", value},
                      {"secret", "SECRET"},
                      {"list", Value::List{Value(value)}},
                      {"map", Value::Map{{"x", value}}}};
}

}  // namespace

TEST_CASE("tags in constants print as they stand, wherever they are used") {
    const char* text =
        "{{x}}|{{{x}}}|{{map.x}}|{{#list}}{{.}}{{/list}}|{{#x}}{{.}}{{/x}}|"
        "{{#capitalize}}{{x}}{{/capitalize}}";
    for (std::string value : kHostile) {
        CAPTURE(value);
        std::string expected = value;
        for (int i = 0; i < 5; ++i) expected += "|" + value;
        auto loaded = load(text, {}, {Escape::kNone, true, true});
        CHECK(loaded->render(data_with(value)) == expected);
        BoundCase bound(text, data_with(value), {}, Escape::kNone);
        CHECK(bound.render({}) == expected);
    }
}

TEST_CASE("tags in fields print as they stand, wherever they are used") {
    const char* text =
        "{{f}}|{{#f}}{{.}}{{/f}}|{{#list}}{{f}}{{/list}}|{{#capitalize}}{{f}}{{/capitalize}}";
    for (std::string value : kHostile) {
        CAPTURE(value);
        BoundCase bound(text, data_with("c"), {"f", "secret"}, Escape::kNone);
        CHECK(bound.render({value, "SECRET"}) == value + "|" + value + "|" + value + "|" + value);
    }
}

TEST_CASE("a partial of a datum's name is not the datum") {
    Value data = Value::Map{{"card", "{{secret}}"}, {"secret", "SECRET"}};
    CHECK(render("<{{>card}}>", data) == "<>");
    CHECK(load_errors("<{{>card}}>") == Lines{"t:1:2: missing-partial"});
}

TEST_CASE("markup in values is escaped in HTML, in attributes too") {
    BoundCase t("<a title='{{f}}' class=\"{{c}}\">", Value::Map{{"c", "\"><i>"}}, {"f"});
    CHECK(t.render({"'><script>"}) ==
          "<a title='&#39;&gt;&lt;script&gt;' class=\"&quot;&gt;&lt;i&gt;\">");
}

TEST_CASE("NUL and bytes that are no UTF-8 pass through a field unharmed") {
    BoundCase t("[{{f}}]", Value(), {"f"});
    std::string value("a\0b\xFF", 4);
    CHECK(t.render({value}) == "[" + value + "]");
}

}  // namespace tocsin
