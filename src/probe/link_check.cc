#include "probe/link_check.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "probe/host_gate.h"

namespace tocsin {
namespace {

using Outcome = LinkResult::Outcome;

class Checker {
  public:
    Checker(std::vector<LinkTarget> targets, const LinkCheckSettings& settings,
            const VisitPage& visit_page)
        : targets_(std::move(targets)),
          settings_(settings),
          visit_page_(visit_page),
          gate_(settings.at_once_of_a_host),
          results_(targets_.size()) {}

    std::vector<LinkResult> run() {
        {
            std::vector<std::jthread> workers;
            const auto count = std::min<std::size_t>(settings_.at_once, targets_.size());
            for (std::size_t i = 0; i < count; ++i) workers.emplace_back([this] { work(); });
        }
        return std::move(results_);
    }

  private:
    void work() {
        for (std::size_t i = next_++; i < targets_.size(); i = next_++) {
            results_[i] = result_of(targets_[i]);
        }
    }

    LinkResult result_of(const LinkTarget& target) {
        if (!target.skipped.empty()) {
            return {target.url,
                    target.unreachable ? Outcome::kUnreachable : Outcome::kNotAsked,
                    {},
                    target.skipped};
        }
        return walk_link(
            target.url,
            [this](const std::string& method, const std::string& url) { return ask(method, url); },
            [this](const std::string& url) { return why_not(url); });
    }

    Visit ask(const std::string& method, const std::string& url) {
        HttpRequest request{.method = method, .url = url, .headers = {}, .body = ""};
        request.headers = {{"User-Agent", agent()}, {"Accept", "text/html, */*;q=0.8"}};
        return gate_.pass(host_of_link(url),
                          [&] { return visit_page_(request, settings_.timeout); });
    }

    std::string why_not(const std::string& url) const {
        auto targets = link_targets({{url}}, settings_.unsubscribe_url, 1);
        return targets.empty() ? "is no page of the web" : targets.front().skipped;
    }

    std::string agent() const {
        return settings_.website.empty() ? "tocsin (link check)"
                                         : "tocsin (link check; +" + settings_.website + ")";
    }

    const std::vector<LinkTarget> targets_;
    const LinkCheckSettings& settings_;
    const VisitPage& visit_page_;
    HostGate gate_;
    std::vector<LinkResult> results_;
    std::atomic<std::size_t> next_ = 0;
};

}  // namespace

std::vector<LinkResult> check_links(const std::vector<LinkToProbe>& links,
                                    const LinkCheckSettings& settings,
                                    const VisitPage& visit_page) {
    return Checker(link_targets(links, settings.unsubscribe_url, settings.most), settings,
                   visit_page)
        .run();
}

}  // namespace tocsin
