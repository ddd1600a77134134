#include "lint/mail.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "lint/excerpts.h"
#include "lint/html_rules.h"
#include "lint/html_urls.h"
#include "lint/text_urls.h"
#include "lint/texts.h"

namespace tocsin {
namespace {

void lint_html(const TracedMail& mail, const std::optional<Document>& document,
               const Content& content, LintReport& report) {
    if (mail.html.text.empty()) return;
    lint_size(mail, content, report);
    if (!document) {
        Place place = mail.html.place(0);
        return report.add("html-too-large", std::move(place),
                          "the HTML has more tags than can be looked at",
                          "shorten it, and close the elements that it opens");
    }
    const VisibleText visible = visible_text(*document, mail.html.text);
    const HtmlPart part{mail, content, *document, visible, report};
    for (auto* rule :
         {lint_safety, lint_targets, lint_link_fields, lint_unsubscribe, lint_leftovers,
          lint_images, lint_head, lint_css, lint_duties, lint_greeting}) {
        rule(part);
    }
}

std::vector<MailLink> html_links(const TracedMail& mail, const std::optional<Document>& document,
                                 Excerpts& excerpts) {
    std::vector<MailLink> links;
    if (!document) return links;
    for (const HtmlUrl& url : html_urls(*document)) {
        const bool leads_on = !url.target.url.empty() && !url.target.url.starts_with('#');
        if (!url.clicked || !leads_on) continue;
        const HtmlAttribute& value = *url.attribute;
        Place place = mail.html.place(value.begin);
        std::string excerpt = excerpts.at(place);
        links.push_back({url.target.url, text_of(*document, *url.node), std::move(place),
                         std::move(excerpt), true, mail.html.has_field(value.begin, value.end)});
    }
    return links;
}

// A text part that was made from the HTML has the HTML's links.
std::vector<MailLink> text_links(const TracedMail& mail, Excerpts& excerpts) {
    std::vector<MailLink> links;
    if (mail.text.pieces.empty()) return links;
    for (TextUrl& url : text_urls(mail.text.text)) {
        Place place = mail.text.place(url.offset);
        std::string excerpt = excerpts.at(place);
        const bool personal = mail.text.has_field(url.offset, url.offset + url.url.size());
        links.push_back(
            {std::move(url.url), "", std::move(place), std::move(excerpt), false, personal});
    }
    return links;
}

void append(std::vector<MailLink> more, std::vector<MailLink>& links) {
    std::ranges::move(more, std::back_inserter(links));
}

}  // namespace

std::vector<MailLink> lint_mail(const TracedMail& mail, const Content& content,
                                LintReport& report) {
    Excerpts excerpts(content);
    const auto document = Document::parse(mail.html.text);
    lint_html(mail, document, content, report);
    std::vector<MailLink> links = html_links(mail, document, excerpts);
    lint_texts(mail, content, links, report);
    append(text_links(mail, excerpts), links);
    return links;
}

std::vector<MailLink> links_of(const TracedMail& mail, const Content& content) {
    Excerpts excerpts(content);
    std::vector<MailLink> links = html_links(mail, Document::parse(mail.html.text), excerpts);
    append(text_links(mail, excerpts), links);
    return links;
}

}  // namespace tocsin
