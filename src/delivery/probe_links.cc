#include "delivery/probe_links.h"

#include <map>

#include "base/text.h"
#include "probe/link_target.h"

namespace tocsin {
namespace {

using Outcome = LinkResult::Outcome;

// Empty where there is nothing to say.
std::string_view rule_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::kBroken:
            return "link-broken";
        case Outcome::kRedirected:
            return "link-redirect";
        case Outcome::kUnreachable:
            return "link-unreachable";
        case Outcome::kFine:
        case Outcome::kNotAsked:
            break;
    }
    return "";
}

}  // namespace

std::vector<LinkResult> probe_links(const Workspace& workspace,
                                    std::span<const CampaignLinks> campaigns) {
    std::vector<LinkToProbe> links;
    for (const CampaignLinks& campaign : campaigns) {
        for (const auto& [link, people] : campaign) links.push_back({link.url, link.personal});
    }
    LinkCheckSettings settings;
    settings.website = workspace.organisation.website;
    settings.unsubscribe_url = workspace.unsubscribe.url;
    return check_links(links, settings);
}

void report_links(const std::vector<LinkResult>& results, const CampaignLinks& links,
                  LintReport& report) {
    std::map<std::string, const LinkResult*> by_target;
    for (const LinkResult& result : results) {
        if (!rule_of(result.outcome).empty()) by_target[result.url] = &result;
    }
    for (const auto& [link, people] : links) {
        auto found = by_target.find(target_of_link(link.url));
        if (link.personal || found == by_target.end()) continue;
        const LinkResult& result = *found->second;
        report.add(rule_of(result.outcome), link.place,
                   "`" + printable(result.url) + "` " + printable(result.said), result.hint,
                   link.excerpt);
    }
}

}  // namespace tocsin
