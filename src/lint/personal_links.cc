#include "lint/personal_links.h"

#include <algorithm>

#include "lint/mail.h"
#include "lint/sketches.h"
#include "lint/target.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostLinks = 32;

bool is_same(const PersonalLink& a, const PersonalLink& b) {
    return a.column == b.column && (a.loose || b.loose || a.rest == b.rest);
}

void add(PersonalLink link, std::vector<PersonalLink>& links) {
    if (links.size() == kMostLinks) return;
    bool known = std::any_of(links.begin(), links.end(),
                             [&](const PersonalLink& other) { return is_same(link, other); });
    if (!known) links.push_back(std::move(link));
}

void add_links(const MailLink& link, const Renderer& renderer, std::vector<PersonalLink>& links) {
    for (const auto& used : renderer.used_columns()) {
        const std::string cell = sketch_cell(used.column);
        if (!link.url.starts_with(cell)) continue;
        add({used.column, used.name, link.url.substr(cell.size()), link.place, !link.in_html},
            links);
    }
}

Leads leads(std::string_view scheme) {
    if (scheme == "http") return Leads::kOpenly;
    bool runs = scheme == "javascript" || scheme == "vbscript" || scheme == "data";
    return runs ? Leads::kToScript : Leads::kSafely;
}

}  // namespace

std::vector<PersonalLink> personal_links(const std::vector<TracedMail>& sketches,
                                         const Renderer& renderer, const Content& content) {
    std::vector<MailLink> all;
    for (const TracedMail& sketch : sketches) {
        for (MailLink& link : links_of(sketch, content)) all.push_back(std::move(link));
    }
    std::ranges::stable_partition(all, &MailLink::in_html);
    std::vector<PersonalLink> links;
    for (const MailLink& link : all) add_links(link, renderer, links);
    return links;
}

PersonalTarget target_for(const PersonalLink& link, std::string_view cell) {
    if (cell.empty()) return {};
    Target target = read_target(std::string(cell) + link.rest);
    if (target.relative()) return {link.loose ? Leads::kSafely : Leads::kNowhere, ""};
    return {leads(target.scheme), std::move(target.host)};
}

}  // namespace tocsin
