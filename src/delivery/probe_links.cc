#include "delivery/probe_links.h"

#include <algorithm>
#include <map>
#include <tuple>

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

constexpr std::size_t kMostNamed = 5;

// What one place of a template leads to: a loop over data writes several links there.
struct Spot {
    const AudienceSummary::Link* first;
    std::vector<const LinkResult*> results{};  // of one rule, each once
};

std::string message_of(const Spot& spot) {
    std::string text;
    for (std::size_t i = 0; i < std::min(spot.results.size(), kMostNamed); ++i) {
        const LinkResult& result = *spot.results[i];
        text += (i == 0 ? "`" : "; `") + printable(result.url) + "` " + printable(result.said);
    }
    if (spot.results.size() <= kMostNamed) return text;
    return text + "; and " + std::to_string(spot.results.size() - kMostNamed) + " more";
}

class Spots {
  public:
    void add(const AudienceSummary::Link& link, const LinkResult& result) {
        const Place& place = link.link.place;
        const std::string_view rule = rule_of(result.outcome);
        const Key key{rule, place.file, place.line, place.column};
        Spot& spot = spots_.try_emplace(key, Spot{&link}).first->second;
        if (std::ranges::find(spot.results, &result) == spot.results.end()) {
            spot.results.push_back(&result);
        }
    }

    void report(LintReport& report) const {
        for (const auto& [key, spot] : spots_) {
            const MailLink& link = spot.first->link;
            report.add(std::get<0>(key), link.place, message_of(spot), spot.results.front()->hint,
                       link.excerpt);
        }
    }

  private:
    using Key = std::tuple<std::string_view, std::string, int, int>;
    std::map<Key, Spot> spots_;
};

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
    Spots spots;
    for (const auto& link : links) {
        auto found = by_target.find(target_of_link(link.link.url));
        if (!link.link.personal && found != by_target.end()) spots.add(link, *found->second);
    }
    spots.report(report);
}

}  // namespace tocsin
