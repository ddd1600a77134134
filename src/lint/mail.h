// The lint of one mail, as one recipient would get it. Findings stand at the place in the template
// or campaign file that wrote what is wrong, never in the rendering.
#pragma once

#include <vector>

#include "compose/renderer.h"
#include "lint/report.h"
#include "model/content.h"

namespace tocsin {

struct MailLink {
    std::string url;   // as the mail carries it, entities decoded, white space at its ends removed
    std::string text;  // what a reader sees of it; the `alt` of an image; empty in the text part
    Place place;       // of the attribute's value, or of the URL in the text template
    std::string excerpt;
    bool in_html = true;
    bool personal = false;  // a recipient's field is in it
};

// Everything that HTML, text, subject and preheader show by themselves. `mail` was rendered with
// links that suppress nobody (kHarmless), so that any other token in it is somebody else's. Two
// mails of one campaign may report the same place: `Findings` keeps it once. Returns `links_of` the
// mail, which it needs anyway.
std::vector<MailLink> lint_mail(const TracedMail& mail, const Content& content, LintReport& report);

// Links in the order of the mail, HTML before text; the unsubscribe link too.
std::vector<MailLink> links_of(const TracedMail& mail, const Content& content);

}  // namespace tocsin
