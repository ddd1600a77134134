#include <algorithm>

#include "base/text.h"
#include "lint/html_rules.h"
#include "lint/html_urls.h"
#include "lint/postal_address.h"
#include "lint/words.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

void lint_address(const HtmlPart& part) {
    const std::string& address = part.content.organisation.postal_address;
    if (trim(address).empty()) return;  // said of tocsin.yaml
    if (shows_address(part.visible.text, address)) return;
    part.add_lack("no-postal-address", "body",
                  "the HTML does not show the organisation's postal address",
                  "put `{{organisation.postal_address}}` into the footer");
}

bool leads_to_privacy(const HtmlPart& part, const HtmlUrl& url) {
    if (!url.clicked || url.node->hidden) return false;
    return speaks_of_privacy(lower_nfc(text_of(part.document, *url.node))) ||
           speaks_of_privacy(ascii_lower(url.target.url));
}

}  // namespace

void lint_duties(const HtmlPart& part) {
    lint_address(part);
    const auto urls = html_urls(part.document);
    if (!std::ranges::any_of(urls, [&](const auto& url) { return leads_to_privacy(part, url); })) {
        part.add_lack("no-privacy-link", "body", "no link leads to a privacy notice",
                      "link in the footer to the page that says how you use people's data");
    }
    const std::string lang = ascii_lower(part.document.nodes().front().value("lang"));
    if (knows_reasons(lang) && !gives_reason(lower_nfc(part.visible.text))) {
        part.add_lack("no-reason", "body", "the HTML does not say why the reader gets this mail",
                      "write it into the footer: “You get this mail because you …”");
    }
}

}  // namespace tocsin
