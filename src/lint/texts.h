// The lint of what a mail says in plain text: its line in the inbox, and its text part.
#pragma once

#include <vector>

#include "compose/renderer.h"
#include "lint/mail.h"
#include "lint/report.h"
#include "model/content.h"

namespace tocsin {

// Subject, preheader and text part. `html_links` are those of the HTML part, which the text part
// should have too; empty where there is no HTML. Of a text part that was made from the HTML nothing
// is said: the HTML is what one would mend.
void lint_texts(const TracedMail& mail, const Content& content,
                const std::vector<MailLink>& html_links, LintReport& report);

}  // namespace tocsin
