// A mail's HTML as the rules look at it, and how they say what they found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compose/renderer.h"
#include "lint/document.h"
#include "lint/report.h"
#include "lint/visible_text.h"
#include "model/content.h"

namespace tocsin {

// Everything outlives it.
struct HtmlPart {
    const TracedMail& mail;
    const Content& content;
    const Document& document;
    const VisibleText& visible;
    LintReport& report;

    std::string_view html() const { return mail.html.text; }

    // Adds a finding at the place that wrote the byte of the HTML at `offset`.
    void add(std::string_view id, std::size_t offset, std::string message, std::string hint) const;
    // Nothing for what the parser made up: it is in no template.
    void add(std::string_view id, const HtmlNode& node, std::string message,
             std::string hint) const;
    // At the first of the elements `<name>`, `<html>` that the template has, else at its beginning:
    // for what lacks.
    void add_lack(std::string_view id, std::string_view element, std::string message,
                  std::string hint) const;

    // What gave the byte at `offset`, for messages: "the column `page`", "`{{action_url}}`" for
    // what is the same for everybody, or `otherwise` where the template itself has it.
    std::string giver(std::size_t offset, std::string_view otherwise) const;
};

// The name in the tag at `place`, of a lambda's section that of the first tag in it: "page" of
// "{{page}}" and of "{{#urlencode}}{{page}}{{/urlencode}}"; empty where no tag is known there.
std::string tag_name(const Content& content, const Place& place);

}  // namespace tocsin
