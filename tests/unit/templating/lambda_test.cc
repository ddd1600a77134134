// {{#capitalize}} and {{#urlencode}}.
#include <doctest/doctest.h>

#include "templating/capitalize.h"
#include "templating/urlencode.h"
#include "unit/templating/fixture.h"

namespace tocsin {

TEST_CASE("the first letter becomes a capital, in Latin, Greek, Cyrillic and Armenian") {
    using templating::capitalize;
    CHECK(capitalize("in a time") == "In a time");
    CHECK(capitalize(" \n\tin") == " \n\tIn");
    CHECK(capitalize("élan") == "Élan");
    CHECK(capitalize("ÿ") == "Ÿ");
    CHECK(capitalize("çelik") == "Çelik");
    CHECK(capitalize("ıssız") == "Issız");
    CHECK(capitalize("łódź") == "Łódź");
    CHECK(capitalize("żona") == "Żona");
    CHECK(capitalize("ștefan") == "Ștefan");
    CHECK(capitalize("đặng") == "Đặng");
    CHECK(capitalize("ơn") == "Ơn");
    CHECK(capitalize("ạnh") == "Ạnh");
    CHECK(capitalize("άννα") == "Άννα");
    CHECK(capitalize("ωραία") == "Ωραία");
    CHECK(capitalize("жизнь") == "Жизнь");
    CHECK(capitalize("їжак") == "Їжак");
    CHECK(capitalize("ұлт") == "Ұлт");
    CHECK(capitalize("արև") == "Արև");
}

TEST_CASE("what has no capital stays") {
    using templating::capitalize;
    for (const char* text :
         {"", "  ", "Ada", "ßa", "÷", "1st", "&lt;b", "<b>a", "مريم", "李", "😀a"}) {
        CAPTURE(text);
        CHECK(capitalize(text) == text);
    }
}

TEST_CASE("bytes that are no UTF-8 stay") {
    using templating::capitalize;
    for (const char* text : {"\xC3", "\xE1\xBA", "\xC3(", "\xFF", "\xA0"})
        CHECK(capitalize(text) == text);
}

TEST_CASE("urlencode leaves only unreserved characters") {
    CHECK(templating::urlencode("aZ09-._~") == "aZ09-._~");
    CHECK(templating::urlencode("a b&c=d/ü+%\"'<") == "a%20b%26c%3Dd%2F%C3%BC%2B%25%22%27%3C");
}

TEST_CASE("a missing name still gives a sentence") {
    BoundCase t("{{#capitalize}}{{#n}}{{n}}, in{{/n}}{{^n}}in{{/n}} a time{{/capitalize}} when",
                Value(), {"n"});
    CHECK(t.render({"ada"}) == "Ada, in a time when");
    CHECK(t.render({""}) == "In a time when");
}

TEST_CASE("urlencode takes values as they are") {
    BoundCase t(
        "<a href=\"?n={{#urlencode}}{{n}}{{/urlencode}}&amp;c={{#urlencode}}{{c}}{{/urlencode}}\">",
        Value::Map{{"c", "x&y"}}, {"n"});
    CHECK(t.render({"A&B \"<>\""}) == "<a href=\"?n=A%26B%20%22%3C%3E%22&amp;c=x%26y\">");
    CHECK(render("{{#urlencode}}{{n}}{{/urlencode}}", Value::Map{{"n", "A&B"}}) == "A%26B");
}

TEST_CASE("urlencode makes three braces harmless") {
    BoundCase t("{{#urlencode}}{{{n}}}{{/urlencode}}", Value(), {"n"});
    CHECK(t.render({"<b>"}) == "%3Cb%3E");
}

TEST_CASE("lambdas nest") {
    BoundCase t("{{#urlencode}}{{#capitalize}}é {{n}}{{/capitalize}}{{/urlencode}}", Value(),
                {"n"});
    CHECK(t.render({"&"}) == "%C3%89%20%26");
    CHECK(render("{{#capitalize}}{{#urlencode}}{{n}}{{/urlencode}}{{/capitalize}}",
                 Value::Map{{"n", "a&"}}) == "A%26");
}

TEST_CASE("a lambda in a loop takes each item") {
    Value data = Value::Map{{"l", Value::List{"one", "two"}}};
    const char* text = "{{#l}}{{#capitalize}}{{.}}{{/capitalize}} {{/l}}";
    CHECK(render(text, data) == "One Two ");
    CHECK(BoundCase(text, data).render({}) == "One Two ");
}

TEST_CASE("what data or a field calls so wins over a lambda") {
    CHECK(render("{{#capitalize}}a{{/capitalize}}", Value::Map{{"capitalize", false}}) == "");
    CHECK(render("{{#urlencode}}{{.}}&{{/urlencode}}", Value::Map{{"urlencode", "x"}}) == "x&");
    BoundCase t("{{#capitalize}}a{{/capitalize}}", Value(), {"capitalize"});
    CHECK(t.render({""}) == "");
    CHECK(t.render({"yes"}) == "a");
}

TEST_CASE("a lambda is true and no text") {
    CHECK(render("{{^capitalize}}x{{/capitalize}}{{capitalize}}", Value()) == "");
    BoundCase t("{{^capitalize}}x{{/capitalize}}{{capitalize}}", Value());
    CHECK(t.errors() == Lines{"t:1:32: unknown-name"});
}

}  // namespace tocsin
