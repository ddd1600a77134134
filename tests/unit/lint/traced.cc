#include "unit/lint/traced.h"

#include <doctest/doctest.h>
#include <utility>

#include "compose/unsubscribe_links.h"

namespace tocsin {
namespace {

TracedMail trace(const Content& content, const Cells& cells) {
    Columns columns;
    std::vector<std::string> row;
    for (const auto& [column, cell] : cells) columns.push_back(column), row.push_back(cell);
    Findings findings;
    auto renderer = Renderer::make(content, columns, findings);
    for (const Finding& finding : findings.all()) MESSAGE(format(finding));
    REQUIRE(renderer != nullptr);
    UnsubscribeLinks links = unsubscribe_links(content.unsubscribe, kHarmless);
    return renderer->trace(row, {"someone@port.example", links.visible(), links.view});
}

}  // namespace

Content test_content(const std::string& html, const std::string& text) {
    Content content{"harbour",
                    {"Reem and Mark", Mailbox::from("campaigns@harbour.example")},
                    std::nullopt,
                    {{"c.yaml", 3, 10}, "Keep the harbour open"},
                    std::nullopt,
                    html.empty() ? "" : "t.html.mustache",
                    text.empty() ? "" : "t.txt.mustache",
                    {},
                    Value::Map{},
                    {},
                    {},
                    "",
                    "",
                    {},
                    {"Harbour Action", "1 Quay Street, Port Anwen", "https://harbour.example", ""},
                    {}};
    if (!html.empty()) content.templates[content.html] = html;
    if (!text.empty()) content.templates[content.text] = text;
    content.unsubscribe.url = "https://u.harbour.example/u/";
    content.unsubscribe.mailto = Mailbox::from("leave@harbour.example");
    return content;
}

TestMail test_mail(Content content, const Cells& cells) {
    TracedMail mail = trace(content, cells);
    return {std::move(mail), std::move(content)};
}

TestMail test_mail(const std::string& html, const std::string& text, const Cells& cells) {
    return test_mail(test_content(html, text), cells);
}

std::vector<std::string> shown(const Findings& findings) {
    std::vector<std::string> lines;
    for (const Finding& finding : findings.all()) {
        lines.push_back(finding.id + " " + std::to_string(finding.place.line) + ":" +
                        std::to_string(finding.place.column));
    }
    return lines;
}

}  // namespace tocsin
