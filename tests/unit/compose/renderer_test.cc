#include "compose/renderer.h"

#include <doctest/doctest.h>

namespace tocsin {
namespace {

const Columns kColumns{"email", "first_name", "town"};

Content content() {
    Content content{
        .campaign = "alert",
        .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
        .reply_to = std::nullopt,
        .subject = {{"c.yaml", 3, 10}, "{{#first_name}}{{first_name}}, act{{/first_name}} now"},
        .preheader = TemplateText{{"c.yaml", 4, 12}, "Before {{town}} votes"},
        .html = "a.html.mustache",
        .text = "",
        .templates = {},
        .data = Value::Map{{"url", "https://act.example"}},
        .fallbacks = {{"town", "the county"}},
        .attachments = {},
        .unsubscribe_list = "",
        .transport = "",
        .organisation = {},
        .unsubscribe = {}};
    content.templates["a.html.mustache"] =
        "<html>\n<body class=x><p>Dear {{first_name}}</p>\n"
        "{{^town}}never{{/town}}{{#first_name}}!{{/first_name}}<a href=\"{{url}}\">go</a></body>";
    return content;
}

std::unique_ptr<Renderer> renderer(const Content& content) {
    Findings findings;
    auto made = Renderer::make(content, kColumns, findings);
    REQUIRE(made != nullptr);
    return made;
}

// "file:line:col" of the byte where `part` begins.
std::string at(const Trace& trace, std::string_view part) {
    REQUIRE(trace.text.find(part) != std::string::npos);
    Place place = trace.place(trace.text.find(part));
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace

TEST_CASE("a traced mail is the mail, and knows its places around the preheader too") {
    Content alert = content();
    auto made = renderer(alert);
    const std::vector<std::string> cells{"ann@one.example", "Ann", ""};
    const Personal personal{"ann@one.example", "https://u.example/preview"};
    TracedMail traced = made->trace(cells, personal);
    Rendered plain = made->render(cells, personal);
    CHECK(traced.html.text == plain.html);
    CHECK(traced.subject.text == plain.subject);
    CHECK(traced.preheader.text == plain.preheader);
    CHECK(traced.text.text == plain.text);
    CHECK(traced.text.pieces.empty());

    const std::string file = "templates/a.html.mustache:";
    CHECK(at(traced.html, "<html>") == file + "1:1");
    CHECK(at(traced.html, "<body") == file + "2:1");
    CHECK(at(traced.html, "Before the county") == "c.yaml:4:12");
    CHECK(at(traced.html, "<p>") == file + "2:15");
    CHECK(at(traced.html, "Ann") == file + "2:23");
    CHECK(at(traced.html, "https://act") == file + "3:64");
    CHECK(at(traced.html, "go</a>") == file + "3:73");
    CHECK(at(traced.subject, "Ann") == "c.yaml:3:25");
    CHECK(at(traced.preheader, "the county") == "c.yaml:4:19");
}

TEST_CASE("a preheader before everything, where there is no body") {
    Content alert = content();
    alert.templates["a.html.mustache"] = "<p>{{first_name}}</p>";
    TracedMail traced = renderer(alert)->trace({"", "Ann", ""}, {"", ""});
    CHECK(at(traced.html, "<div") == "c.yaml:4:12");
    CHECK(at(traced.html, "<p>") == "templates/a.html.mustache:1:1");
    CHECK(at(traced.html, "Ann") == "templates/a.html.mustache:1:4");
}

TEST_CASE("branches are of columns that can be empty") {
    Content alert = content();
    auto made = renderer(alert);
    std::string seen;
    for (const Branch& branch : made->branches()) {
        seen += (branch.inverted ? "^" : "#") + branch.name + "@" + branch.place.file + ":" +
                std::to_string(branch.place.line) + " ";
    }
    // `town` has a fallback.
    CHECK(seen == "#first_name@c.yaml:3 #first_name@templates/a.html.mustache:3 ");
    CHECK(made->branches()[0].excerpt.ends_with("{{/first_name}} now"));
}

TEST_CASE("used columns: where each is used first, and what stands in") {
    Content alert = content();
    auto made = renderer(alert);
    REQUIRE(made->used_columns().size() == 2);
    const Renderer::UsedColumn& name = made->used_columns()[0];
    CHECK(name.name == "first_name");
    CHECK(name.column == 1);
    CHECK_FALSE(name.has_fallback);
    CHECK(name.place == Place{"c.yaml", 3, 10});
    CHECK(made->used_columns()[1].has_fallback);
}

}  // namespace tocsin
