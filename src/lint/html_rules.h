// The rules for a mail's HTML, by what they look at. Each adds what it finds to the part's report.
#pragma once

#include "lint/html_part.h"

namespace tocsin {

// active-content, base-element, meta-refresh, external-css of `<link>`.
void lint_safety(const HtmlPart& part);
// insecure-link, script-link, relative-url, data-url, url-shortener, misleading-link.
void lint_targets(const HtmlPart& part);
// unencoded-link-field.
void lint_link_fields(const HtmlPart& part);
// foreign-unsubscribe-link, no-unsubscribe-link.
void lint_unsubscribe(const HtmlPart& part);
// unresolved-tag.
void lint_leftovers(const HtmlPart& part);
// image-without-alt, image-without-width, mostly-image.
void lint_images(const HtmlPart& part);
// no-lang, no-charset, no-viewport, no-color-scheme, style-in-body.
void lint_head(const HtmlPart& part);
// unsafe-css, unsafe-element, external-css of `@import`, insecure-link and data-url of `url()`.
void lint_css(const HtmlPart& part);
// html-large, html-too-large, long-line. Needs no document.
void lint_size(const TracedMail& mail, const Content& content, LintReport& report);
// no-postal-address, no-privacy-link, no-reason.
void lint_duties(const HtmlPart& part);
// dear-friend, empty-greeting.
void lint_greeting(const HtmlPart& part);

}  // namespace tocsin
