#include <algorithm>
#include <string>

#include "base/text.h"
#include "lint/leave_link.h"
#include "lint/postal_address.h"
#include "lint/target.h"
#include "lint/text_rules.h"
#include "lint/text_urls.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestLine = 998;  // RFC 5322, 2.1.1, without CRLF

constexpr char kOwnLink[] = "write {{unsubscribe_url}}: each person then gets a link of their own";

// Whether the link is the reader's own; a foreign one is reported.
bool lint_unsubscribe_url(const PlainText& part, const TextUrl& url, LeaveLink whose) {
    if (whose == LeaveLink::kForeign) {
        part.add("foreign-unsubscribe-link", url.offset,
                 "this unsubscribe link is another person's", kOwnLink);
    }
    if (whose != LeaveLink::kOwn) return false;
    if (part.is_field(url.offset)) return true;
    part.add("foreign-unsubscribe-link", url.offset,
             "this unsubscribe link comes from a preview: it unsubscribes nobody", kOwnLink);
    return false;
}

void lint_target(const PlainText& part, const TextUrl& url, const Target& target) {
    if (target.scheme == "http") {
        part.add("insecure-link", url.offset, "this link begins with `http:`",
                 "write `https:`, after a look whether the page is there");
    }
    if (is_shortener(target.host)) {
        part.add("url-shortener", url.offset, "`" + target.host + "` hides where the link leads",
                 "link to the page itself");
    }
}

}  // namespace

void lint_text_urls(const PlainText& part) {
    const UnsubscribeSettings& settings = part.content.unsubscribe;
    bool can_leave = false;
    for (const TextUrl& url : text_urls(part.text())) {
        const Target target = read_target(url.url);
        const LeaveLink whose = leave_link(target.url, settings);
        if (whose == LeaveLink::kNone) lint_target(part, url, target);
        if (lint_unsubscribe_url(part, url, whose)) can_leave = true;
    }
    // Where there is nowhere to lead, that is what tocsin.yaml lacks.
    const bool has_link = !settings.url.empty() || settings.mailto;
    if (can_leave || !has_link) return;
    part.add_whole("no-unsubscribe-link", "the text part has no unsubscribe link",
                   "write `Unsubscribe: {{unsubscribe_url}}` at its end");
}

void lint_text_body(const PlainText& part) {
    const std::string& address = part.content.organisation.postal_address;
    if (!trim(address).empty() && !shows_address(part.text(), address)) {
        part.add_whole("no-postal-address",
                       "the text part does not show the organisation's postal address",
                       "write {{organisation.postal_address}} at its end");
    }
    for (std::size_t begin = 0; begin < part.text().size();) {
        std::size_t end = std::min(part.text().find('\n', begin), part.text().size());
        std::size_t length = end - begin;
        if (length > 0 && part.text()[end - 1] == '\r') --length;
        if (length > kLongestLine) {
            part.add("long-line", begin,
                     "a line of " + counted(length, "byte") + " in the text part",
                     "break it into lines of about 72 characters");
        }
        begin = end + 1;
    }
}

}  // namespace tocsin
