// Binding: names that are checked before anything is sent, and what is rendered afterwards.
#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/templating/fixture.h"

namespace tocsin {
namespace {

Value sources() {
    return Value::Map{{"sources", Value::List{Value::Map{{"title", "One"}, {"publisher", "A & B"}},
                                              Value::Map{{"title", "Two"}, {"publisher", ""}}}}};
}

}  // namespace

TEST_CASE("fields and constants are rendered, escaped for HTML") {
    BoundCase t("{{greeting}}, {{first_name}}! {{{greeting}}}", Value::Map{{"greeting", "A&B"}},
                {"first_name"});
    CHECK(t.render({"<Ada>"}) == "A&amp;B, &lt;Ada&gt;! A&B");
    CHECK(t.render({"O'Brien \"x\""}) == "A&amp;B, O&#39;Brien &quot;x&quot;! A&B");
}

TEST_CASE("text parts are not escaped") {
    BoundCase t("{{x}} {{{x}}} {{c}}", Value::Map{{"c", "<&>"}}, {"x"}, Escape::kNone);
    CHECK(t.render({"<a&b>"}) == "<a&b> <a&b> <&>");
}

TEST_CASE("an empty field is false") {
    BoundCase t("{{#n}}{{n}}, tell{{/n}}{{^n}}Tell{{/n}} them", Value(), {"n"});
    CHECK(t.render({"Ada"}) == "Ada, tell them");
    CHECK(t.render({""}) == "Tell them");
    CHECK(t.render({"false"}) == "false, tell them");
}

TEST_CASE("inside a field's section the context is its text") {
    BoundCase t("{{#n}}[{{.}}|{{#.}}{{n}}{{/.}}]{{/n}}", Value(), {"n"});
    CHECK(t.render({"A&B"}) == "[A&amp;B|A&amp;B]");
    CHECK(t.required().empty());
}

TEST_CASE("loops over constants are unrolled around fields") {
    BoundCase t("{{#sources}}{{title}}:{{#n}}{{n}}{{/n}};{{/sources}}", sources(), {"n"});
    CHECK(t.render({"x"}) == "One:x;Two:x;");
    CHECK(t.render({""}) == "One:;Two:;");
}

TEST_CASE("output of blanks alone is kept") {
    BoundCase t("{{#n}} {{/n}}\t{{^n}} {{/n}}", Value(), {"n"});
    CHECK(t.render({"x"}) == " \t");
    CHECK(t.render({""}) == "\t ");
    CHECK(render(" {{#a}} {{/a}} ", Value::Map{{"a", true}}) == "   ");
}

TEST_CASE("an unknown name is an error at its place, with a suggestion") {
    BoundCase t("a\n  {{frist_name}} {{#first_nam}}x{{/first_nam}} {{^nobody}}{{/nobody}}", Value(),
                {"first_name", "email"});
    CHECK(t.errors() ==
          Lines{"t:2:3: unknown-name", "t:2:18: unknown-name", "t:2:48: unknown-name"});
    CHECK(said(t.findings) == "there is no field `frist_name` | did you mean `first_name`?");
    CHECK(t.bound == nullptr);
}

TEST_CASE("names of data, of maps in it and of items are suggested") {
    Value data = Value::Map{{"organisation", Value::Map{{"name", "Harbour"}}},
                            {"sources", Value::List{Value::Map{{"publisher", "P"}}}}};
    BoundCase t(
        "{{organisation.nmae}}{{#sources}}{{publsher}}{{/sources}}{{#capitalise}}x{{/capitalise}}",
        data);
    REQUIRE(t.errors().size() == 3);
    CHECK(said(t.findings, 0).ends_with("did you mean `organisation.name`?"));
    CHECK(said(t.findings, 1).ends_with("did you mean `publisher`?"));
    CHECK(said(t.findings, 2).ends_with("did you mean `capitalize`?"));
}

TEST_CASE("an unknown name in a loop is reported once") {
    BoundCase t("{{#sources}}{{tittle}}{{/sources}}", sources());
    CHECK(t.errors() == Lines{"t:1:13: unknown-name"});
}

TEST_CASE("names in sections that nobody sees are checked too") {
    Value data = Value::Map{{"on", true}, {"off", false}, {"blank", ""}};
    BoundCase t("{{#off}}{{a}}{{/off}}{{^on}}{{b}}{{/on}}{{#blank}}{{c}}{{/blank}}", data);
    CHECK(t.errors() ==
          Lines{"t:1:9: unknown-name", "t:1:29: unknown-name", "t:1:51: unknown-name"});
}

TEST_CASE("what an empty list's items are called is nobody's business") {
    Value data = Value::Map{{"list", Value::List{}}, {"none", Value()}};
    BoundCase t("{{#list}}{{a}}{{/list}}{{#none}}{{b}}{{/none}}ok", data);
    CHECK(t.render({}) == "ok");
}

TEST_CASE("a section of an unknown name and that name in it are errors, its members not") {
    BoundCase t("{{#nobody}}{{nobody}}{{age}}{{/nobody}}", Value());
    CHECK(t.errors() == Lines{"t:1:1: unknown-name", "t:1:12: unknown-name"});
}

TEST_CASE("`.` outside any section is no text") {
    CHECK(BoundCase("{{.}}", Value::Map{{"a", "x"}}).errors() == Lines{"t:1:1: not-text"});
}

TEST_CASE("an empty constant that would be printed is an error") {
    Value data = Value::Map{{"a", ""}, {"b", Value()}, {"c", "x"}};
    CHECK(BoundCase("{{a}}{{b}}{{c}}", data).errors() ==
          Lines{"t:1:1: empty-constant", "t:1:6: empty-constant"});
    BoundCase guarded("{{#a}}{{a}}{{/a}}{{^b}}none{{/b}}", data);
    CHECK(guarded.render({}) == "none");
}

TEST_CASE("an empty constant in a loop names the item") {
    BoundCase t("{{#sources}}{{publisher}}{{/sources}}", sources());
    CHECK(t.errors() == Lines{"t:1:13: empty-constant"});
    CHECK(said(t.findings).starts_with("`publisher` is empty in item 2 of `sources`"));
}

TEST_CASE("a name that only other items have is empty, not unknown") {
    Value data = Value::Map{
        {"list", Value::List{Value::Map{{"t", "1"}, {"u", "x"}}, Value::Map{{"t", "2"}}}}};
    BoundCase printed("{{#list}}{{u}}{{/list}}", data);
    CHECK(printed.errors() == Lines{"t:1:10: empty-constant"});
    CHECK(said(printed.findings).starts_with("`u` is empty in item 2 of `list`"));
    BoundCase guarded("{{#list}}{{t}}{{#u}}={{u}}{{/u}}{{^u}}-{{/u}};{{/list}}", data);
    CHECK(guarded.render({}) == "1=x;2-;");
}

TEST_CASE("a list or a map cannot be printed") {
    Value data = Value::Map{{"list", Value::List{"x"}}, {"map", Value::Map{{"a", "b"}}}};
    CHECK(BoundCase("{{list}}{{map}}", data).errors() ==
          Lines{"t:1:1: not-text", "t:1:9: not-text"});
}

TEST_CASE("truth values print as words") {
    CHECK(BoundCase("{{a}} {{b}}", Value::Map{{"a", true}, {"b", false}}).render({}) ==
          "true false");
}

TEST_CASE("a field wins over a constant, an item's member over both") {
    Value data =
        Value::Map{{"name", "constant"}, {"list", Value::List{Value::Map{{"name", "item"}}}}};
    BoundCase t("{{name}}{{#list}}/{{name}}{{/list}}", data, {"name"});
    CHECK(t.render({"field"}) == "field/item");
}

TEST_CASE("a field must not stand in for what an item lacks") {
    Value data =
        Value::Map{{"list", Value::List{Value::Map{{"title", "One"}}, Value::Map{{"url", "u"}}}}};
    BoundCase t("{{#list}}{{#title}}{{title}}{{/title}}{{/list}}", data, {"title"});
    CHECK(t.errors() == Lines{"t:1:10: ambiguous-name", "t:1:20: ambiguous-name"});
}

TEST_CASE("a constant may be the default of what an item lacks") {
    Value data = Value::Map{{"colour", "red"},
                            {"list", Value::List{Value::Map{{"colour", "blue"}}, Value::Map{}}}};
    CHECK(BoundCase("{{#list}}{{colour}} {{/list}}", data).render({}) == "blue red ");
}

TEST_CASE("fields whose names hold dots and blanks are found") {
    BoundCase t("{{representative.name}} {{First Name}}", Value(),
                {"representative.name", "First Name"});
    CHECK(t.render({"Ms Lee", "Ada"}) == "Ms Lee Ada");
}

TEST_CASE("recipient data cannot go into HTML unescaped") {
    for (const char* text : {"{{{x}}}", "{{&x}}", "{{#x}}{{{.}}}{{/x}}"}) {
        CAPTURE(text);
        BoundCase html(text, Value(), {"x"});
        REQUIRE(html.errors().size() == 1);
        CHECK(html.errors()[0].ends_with(": unescaped-field"));
        CHECK(BoundCase(text, Value(), {"x"}, Escape::kNone).errors().empty());
    }
}

TEST_CASE("required are uses outside a section of the field's own") {
    BoundCase t("{{#a}}{{a}}{{b}}{{/a}}\n{{^a}}{{a}}{{/a}}{{#b}}{{a}}{{/b}}\n{{a}}", Value(),
                {"a", "b"});
    CHECK(t.required() == Lines{"b:1:12", "a:2:7", "a:2:24", "a:3:1"});
}

TEST_CASE("a guard holds through sections inside it and through other names of the field") {
    Value data = Value::Map{{"on", true}, {"list", Value::List{"1", "2"}}};
    BoundCase t(
        "{{#a}}{{#on}}{{#list}}{{a}}{{#b}}{{a}}{{/b}}{{/list}}{{/on}}{{#capitalize}}{{a}}{{/"
        "capitalize}}{{/a}}",
        data, {"a", "b"});
    CHECK(t.required().empty());
}

TEST_CASE("a use in a loop is required once, one in a section that is left out not at all") {
    Value data = Value::Map{{"list", Value::List{"1", "2"}}, {"off", false}};
    BoundCase t("{{#list}}{{a}}{{/list}}{{#off}}{{b}}{{/off}}", data, {"a", "b", "c"});
    CHECK(t.required() == Lines{"a:1:10"});
    CHECK(t.bound->used() == std::vector<bool>{true, false, false});
}

TEST_CASE("a field that only a section asks for is used") {
    BoundCase t("{{#a}}x{{/a}}{{^b}}y{{/b}}", Value(), {"a", "b", "c"});
    CHECK(t.bound->used() == std::vector<bool>{true, true, false});
}

TEST_CASE("nested loops that would never end are refused") {
    std::string text;
    for (int i = 0; i < 20; ++i) text += "{{#l}}";
    for (int i = 0; i < 20; ++i) text += "{{/l}}";
    Value data = Value::Map{{"l", Value::List{"1", "2"}}};
    Lines errors = BoundCase(text, data).errors();
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].ends_with(": too-large"));
    CHECK_THROWS_AS(render(text, data), Error);
}

TEST_CASE("a cell that fills the memory by its repetition is refused") {
    Value data = Value::Map{{"l", Value::List(100, Value("x"))}};
    BoundCase t("{{#l}}{{f}}{{/l}}", data, {"f"});
    std::string cell(1 << 20, 'x');
    CHECK_THROWS_AS(t.render({cell}), Error);
    CHECK(t.render({"y"}) == std::string(100, 'y'));
}

TEST_CASE("one template is bound more than once") {
    auto loaded = load("{{c}} {{f}}");
    Findings findings;
    std::vector<std::string> fields = {"f"};
    auto one = loaded->bind(Value(Value::Map{{"c", "1"}}), fields, findings);
    auto two = loaded->bind(Value(Value::Map{{"c", "2"}}), fields, findings);
    REQUIRE((one && two));
    std::vector<std::string_view> values = {"x"};
    CHECK(one->render(values) + two->render(values) == "1 x2 x");
}

}  // namespace tocsin
