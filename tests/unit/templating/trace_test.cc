// Where the bytes of a rendering were written.
#include <doctest/doctest.h>
#include <set>

#include "unit/templating/fixture.h"

namespace tocsin {
namespace {

// "3:7" of the byte where `part` begins in the trace.
std::string at(const Trace& trace, std::string_view part) {
    Place place = trace.place(trace.text.find(part));
    return std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::vector<std::string_view> views(const std::vector<std::string>& values) {
    return {values.begin(), values.end()};
}

Trace trace_of(BoundCase& t, const std::vector<std::string>& values) {
    REQUIRE(t.bound != nullptr);
    Trace trace = t.bound->trace(views(values));
    CHECK(trace.text == t.bound->render(views(values)));
    return trace;
}

}  // namespace

TEST_CASE("a trace knows line and column of the template's own text") {
    BoundCase t("one\n  two {{n}} three\n{{! gone }}\nfour", Value(), {"n"});
    Trace trace = trace_of(t, {"some\nthing"});
    CHECK(trace.text == "one\n  two some\nthing three\nfour");
    CHECK(at(trace, "one") == "1:1");
    CHECK(at(trace, "two") == "2:3");
    CHECK(at(trace, "three") == "2:13");
    CHECK(at(trace, "four") == "4:1");
}

TEST_CASE("a trace shows the tag of a value, and whose it is") {
    BoundCase t("Dear {{n}}, {{title}}{{#link}}!{{link}}{{/link}}", Value::Map{{"title", "T&C"}},
                {"n", "link"});
    Trace trace = trace_of(t, {"<Ada>", "https://x.example"});
    CHECK(at(trace, "Ada") == "1:6");
    CHECK(trace.piece(trace.text.find("Ada"))->kind == TracePiece::Kind::kField);
    CHECK(at(trace, "&amp;C") == "1:13");
    CHECK(trace.piece(trace.text.find("&amp;C"))->kind == TracePiece::Kind::kConstant);
    const TracePiece& link = *trace.piece(trace.text.find("https"));
    CHECK(link.kind == TracePiece::Kind::kField);
    CHECK(link.field == 1);
    CHECK(link.place.column == 32);
}

TEST_CASE("a trace leaves closed branches out") {
    BoundCase t("{{#n}}a{{#m}}b{{/m}}{{^m}}c{{/m}}{{/n}}{{^n}}d{{/n}}e", Value(), {"n", "m"});
    CHECK(trace_of(t, {"x", "x"}).text == "abe");
    CHECK(trace_of(t, {"x", ""}).text == "ace");
    CHECK(at(trace_of(t, {"", "x"}), "d") == "1:46");
    CHECK(at(trace_of(t, {"", "x"}), "e") == "1:53");
}

TEST_CASE("a trace of loops: each item shows its tag") {
    BoundCase t(
        "{{#links}}<{{url}}>\n{{/links}}",
        Value::Map{{"links", Value::List{Value::Map{{"url", "u1"}}, Value::Map{{"url", "u2"}}}}});
    Trace trace = trace_of(t, {});
    CHECK(at(trace, "u1") == "1:12");
    CHECK(at(trace, "u2") == "1:12");
}

TEST_CASE("a trace through lambdas: places where the length stays, the tag where it does not") {
    BoundCase t(
        "{{#capitalize}}{{#n}}{{n}}, {{/n}}help{{/capitalize}} "
        "?a={{#urlencode}}{{n}}{{/urlencode}}&b={{#urlencode}}x y{{/urlencode}}",
        Value(), {"n"});
    Trace trace = trace_of(t, {"ann b"});
    CHECK(trace.text == "Ann b, help ?a=ann%20b&b=x%20y");
    CHECK(at(trace, "help") == "1:35");
    CHECK(at(trace, "Ann") == "1:22");
    const TracePiece& encoded = *trace.piece(trace.text.find("ann%20b"));
    CHECK(encoded.kind == TracePiece::Kind::kField);
    CHECK(encoded.url_encoded);
    CHECK(trace.piece(trace.text.find("x%20y"))->kind == TracePiece::Kind::kConstant);
}

TEST_CASE("a trace into partials: the file and its columns, however far they are indented") {
    BoundCase t("<ul>\n    {{> item}}\n</ul>\n", Value(), {"n"}, Escape::kHtml,
                {{"item", "<li>\n  {{n}} here\n</li>\n"}});
    Trace trace = trace_of(t, {"x"});
    CHECK(trace.text == "<ul>\n    <li>\n      x here\n    </li>\n</ul>\n");
    CHECK(at(trace, "<ul>") == "1:1");
    CHECK(at(trace, "<li>") == "1:1");
    CHECK(trace.place(trace.text.find("<li>")).file == "item.mustache");
    CHECK(at(trace, "x here") == "2:3");
    CHECK(at(trace, " here") == "2:8");
    CHECK(at(trace, "</li>") == "3:1");
    CHECK(at(trace, "</ul>") == "3:1");
}

TEST_CASE("a trace beyond the end, and of nothing") {
    BoundCase t("ab{{#n}}c{{/n}}", Value(), {"n"});
    CHECK(trace_of(t, {""}).place(99).column == 3);
    BoundCase nothing("{{#n}}c{{/n}}", Value(), {"n"});
    Trace trace = trace_of(nothing, {""});
    CHECK(trace.piece(0) == nullptr);
    CHECK(trace.place(0).file.empty());
}

TEST_CASE("branches over fields are listed by place, those that constants closed are not") {
    BoundCase t("{{#n}}a{{/n}}{{^m}}b{{/m}}{{#off}}{{#n}}c{{/n}}{{/off}}{{#n}}{{#n}}d{{/n}}{{/n}}",
                Value::Map{{"off", false}}, {"n", "m"});
    std::string seen;
    for (const FieldBranch& branch : t.bound->branches()) {
        seen += (branch.inverted ? "^" : "#") + std::to_string(branch.field) + "@" +
                std::to_string(branch.place.column) + " ";
    }
    CHECK(seen == "#0@1 ^1@14 #0@56 #0@62 ");
}

TEST_CASE("a trace knows whether a stretch of it is a person's, wherever that begins") {
    BoundCase t("ab{{n}}cd", Value(), {"n"});
    Trace trace = trace_of(t, {"xyz"});  // abxyzcd
    CHECK_FALSE(trace.has_field(0, 2));
    CHECK(trace.has_field(0, 3));
    CHECK(trace.has_field(3, 4));
    CHECK_FALSE(trace.has_field(5, 7));
    CHECK_FALSE(Trace{}.has_field(0, 9));
}

}  // namespace tocsin
