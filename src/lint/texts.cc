#include "lint/texts.h"

#include "compose/template_files.h"
#include "lint/text_rules.h"

namespace tocsin {
namespace {

void lint_inbox_line(const TracedMail& mail, const Content& content, LintReport& report) {
    const PlainText subject{mail.subject, content, "the subject", content.subject.place, report};
    lint_subject(subject);
    lint_words(subject);
    // Without a text, it had a fault that the reader has reported.
    if (!content.preheader || content.preheader->text.empty()) return;
    const PlainText preheader{mail.preheader, content, "the preheader", content.preheader->place,
                              report};
    lint_preheader(preheader);
    lint_words(preheader);
}

}  // namespace

void lint_texts(const TracedMail& mail, const Content& content,
                const std::vector<MailLink>& html_links, LintReport& report) {
    lint_inbox_line(mail, content, report);
    if (content.text.empty()) return;
    const PlainText part{
        mail.text, content, "the text part", {shown_template(content.text), 1, 1}, report};
    lint_words(part);
    lint_text_urls(part);
    lint_text_body(part);
    if (!content.html.empty()) lint_link_pairs(part, html_links);
}

}  // namespace tocsin
