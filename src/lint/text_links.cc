#include <algorithm>
#include <set>
#include <string>

#include "lint/leave_link.h"
#include "lint/same_link.h"
#include "lint/target.h"
#include "lint/text_rules.h"
#include "lint/text_urls.h"

namespace tocsin {
namespace {

// Names of links, `link_name`'s; empty for what is no page or the way out.
std::string name_of(const std::string& url, const Content& content) {
    const Target target = read_target(url);
    bool is_leave = leave_link(target.url, content.unsubscribe) != LeaveLink::kNone;
    return is_leave ? "" : link_name(url);
}

// What a message may show of a link: a recipient's values can be anywhere behind the host.
std::string shown(const std::string& url, bool personal) {
    constexpr std::size_t kMost = 60;
    if (personal) return "`" + read_target(url).host + "`";
    std::string page = url.substr(0, url.find_first_of("?#"));
    return "`" + (page.size() > kMost ? page.substr(0, kMost) + "…" : page) + "`";
}

}  // namespace

void lint_link_pairs(const PlainText& part, const std::vector<MailLink>& html_links) {
    const std::vector<TextUrl> urls = text_urls(part.text());
    std::set<std::string> in_text, in_html;
    for (const TextUrl& url : urls) in_text.insert(name_of(url.url, part.content));
    for (const MailLink& link : html_links) {
        std::string name = name_of(link.url, part.content);
        if (name.empty() || !in_html.insert(name).second || in_text.contains(name)) continue;
        part.report.add("text-lacks-link", link.place,
                        "the text part has no link to " + shown(link.url, link.personal),
                        "add it there: `" + part.begin.file + "`", link.excerpt);
    }
    for (const TextUrl& url : urls) {
        std::string name = name_of(url.url, part.content);
        if (name.empty() || !in_html.insert(name).second) continue;
        bool personal = part.trace.has_field(url.offset, url.offset + url.url.size());
        part.add("links-differ", url.offset,
                 "only the text part links to " + shown(url.url, personal),
                 "link to the same pages in both parts");
    }
}

}  // namespace tocsin
