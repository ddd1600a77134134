// The rules for a mail's plain texts, by what they look at. Each adds what it finds to the report.
#pragma once

#include <vector>

#include "lint/mail.h"
#include "lint/plain_text.h"

namespace tocsin {

// Of any text: unresolved-tag, empty-greeting, dear-friend. What a single person's cell brings in
// is looked for in everybody's (lint/audience.h).
void lint_words(const PlainText& text);
// subject-fake-reply, subject-upper-case, long-subject.
void lint_subject(const PlainText& subject);
// preheader-length, and no-preheader where it comes out empty.
void lint_preheader(const PlainText& preheader);
// Of the text part: no-unsubscribe-link, foreign-unsubscribe-link, insecure-link, url-shortener.
void lint_text_urls(const PlainText& part);
// no-postal-address, long-line.
void lint_text_body(const PlainText& part);
// text-lacks-link, at the link in the HTML; links-differ, at the one in the text part.
void lint_link_pairs(const PlainText& part, const std::vector<MailLink>& html_links);

}  // namespace tocsin
