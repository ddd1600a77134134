// A small campaign for tests of previews.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compose/composer.h"
#include "preview/campaign_summary.h"
#include "preview/mail_view.h"

namespace tocsin::testing {

inline Content content_of(std::string subject, std::string html, std::string text = "") {
    Content content{
        .campaign = "alert",
        .from = {"Reem & Mark", Mailbox::from("campaigns@harbour.example")},
        .reply_to = std::nullopt,
        .subject = {{"campaigns/alert.yaml", 3, 11}, std::move(subject)},
        .preheader = std::nullopt,
        .html = html.empty() ? "" : "a.html.mustache",
        .text = text.empty() ? "" : "a.txt.mustache",
        .templates = {},
        .data = Value::Map{},
        .fallbacks = {},
        .attachments = {},
        .unsubscribe_list = "action-alerts",
        .transport = "",
        .organisation = {"Harbour Action", "Quay 1", "", ""},
        .unsubscribe = {"https://u.harbour.example/u/", Mailbox::from("leave@harbour.example")}};
    if (!html.empty()) content.templates["a.html.mustache"] = std::move(html);
    if (!text.empty()) content.templates["a.txt.mustache"] = std::move(text);
    return content;
}

// A campaign and its composer.
struct Ready {
    Ready(Content made, Columns of) : content(std::move(made)), columns(std::move(of)) {
        Findings findings;
        composer = Composer::make(content, columns, findings);
        if (!composer) throw std::logic_error(format(findings.all().front()));
    }
    Renderer& renderer() const { return composer->renderer(); }

    Content content;
    Columns columns;
    std::unique_ptr<Composer> composer;
};

inline Recipient person(const std::string& name, std::vector<std::string> cells) {
    return {Mailbox::from(name + "@x.example"), std::move(cells)};
}

// "ann: reason, reason", one for each.
inline std::vector<std::string> told(const std::vector<Chosen>& people) {
    std::vector<std::string> all;
    for (const Chosen& chosen : people) {
        std::string text = chosen.recipient.address.local() + ":";
        for (const std::string& reason : chosen.reasons) text += " " + reason + ",";
        text.pop_back();
        all.push_back(text);
    }
    return all;
}

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

inline std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

inline MailView mail_of(std::string name, std::string html = "<p>Hello</p>") {
    MailView mail;
    mail.address = "ann@x.example";
    mail.reasons = {"no " + name};
    mail.file = "001.eml";
    mail.parts = {name + ", act", "Before \"Friday\"", std::move(html), "Hello " + name};
    mail.source = "Subject: =?utf-8?Q?=C3=96l?=\r\nTo: <ann@x.example>\r\n\r\nHello " + name;
    return mail;
}

}  // namespace tocsin::testing
