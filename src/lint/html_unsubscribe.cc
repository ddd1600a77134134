#include "lint/html_rules.h"
#include "lint/html_urls.h"
#include "lint/leave_link.h"

namespace tocsin {
namespace {

constexpr std::string_view kHow =
    "put `<a href=\"{{unsubscribe_url}}\">Unsubscribe</a>` where readers see it";

bool can_be_seen(const HtmlPart& part, const HtmlNode& link) {
    return !link.hidden && !text_of(part.document, link).empty();
}

}  // namespace

void lint_unsubscribe(const HtmlPart& part) {
    const HtmlUrl* unseen = nullptr;
    bool seen = false;
    const auto urls = html_urls(part.document);
    for (const HtmlUrl& url : urls) {
        if (!url.clicked) continue;
        auto whose = leave_link(url.target.url, part.content.unsubscribe);
        if (whose == LeaveLink::kForeign) {
            part.add("foreign-unsubscribe-link", url.attribute->begin,
                     "this unsubscribe link is another person's",
                     "write `{{unsubscribe_url}}`: each person then gets a link of their own");
        }
        if (whose != LeaveLink::kOwn) continue;
        if (can_be_seen(part, *url.node))
            seen = true;
        else
            unseen = &url;
    }
    if (seen) return;
    if (unseen != nullptr) {
        return part.add("no-unsubscribe-link", *unseen->node,
                        "nobody sees the unsubscribe link in the HTML", std::string(kHow));
    }
    part.add_lack("no-unsubscribe-link", "body", "the HTML has no unsubscribe link",
                  std::string(kHow));
}

}  // namespace tocsin
