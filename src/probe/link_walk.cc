#include "probe/link_walk.h"

#include <algorithm>

#include "probe/link_target.h"

namespace tocsin {
namespace {

using Outcome = LinkResult::Outcome;

constexpr int kTooMany = 429;

bool is_redirect(const Visit& page) {
    return page.status >= 300 && page.status < 400 && !page.location.empty();
}

bool is_permanent(int status) {
    return status == 301 || status == 308;
}

// Servers that know no HEAD say so in many ways; only a GET shows what a reader gets.
Visit ask_gently(const std::string& url, const AskPage& ask) {
    Visit page = ask("HEAD", url);
    const bool refused = page.status >= 400 && page.status != kTooMany;
    const bool broke_off = page.trouble == Visit::Trouble::kAnswer;
    return refused || broke_off ? ask("GET", url) : page;
}

bool is_secure(const std::string& url) {
    return target_of_link(url).starts_with("https:");
}

bool leads_elsewhere(const std::string& from, const std::string& to) {
    return is_secure(from) != is_secure(to) || host_of_link(from) != host_of_link(to);
}

// A path that moves within its host is the host's own matter.
bool has_moved(const LinkResult& link) {
    for (std::size_t i = 0; i + 1 < link.steps.size(); ++i) {
        if (is_permanent(link.steps[i].status) &&
            leads_elsewhere(link.steps[i].url, link.steps[i + 1].url)) {
            return true;
        }
    }
    return false;
}

LinkResult ended(LinkResult link, Outcome outcome, std::string said, std::string hint = "") {
    link.outcome = outcome;
    link.said = std::move(said);
    link.hint = std::move(hint);
    return link;
}

std::string hint_of(int status) {
    const int of_robots[] = {401, 403, 405, 406, 451, 999};
    return std::ranges::find(of_robots, status) != std::end(of_robots)
               ? "open it in a browser: some sites refuse programs only"
               : "open it in a browser, and correct the link";
}

std::string behind(const LinkResult& link) {
    return link.steps.size() > 1 ? ", behind a redirect to " + link.last_url() : "";
}

LinkResult judge(LinkResult link) {
    const int status = link.status();
    const std::string code = std::to_string(status);
    if (status == kTooMany) {
        return ended(std::move(link), Outcome::kUnreachable, "asks for patience (status 429)",
                     "try again later");
    }
    if (status < 200 || status >= 300) {
        std::string said = "answers with status " + code + behind(link);
        return ended(std::move(link), Outcome::kBroken, std::move(said), hint_of(status));
    }
    if (is_secure(link.url) && !is_secure(link.last_url())) {
        std::string said = "leads to " + link.last_url() + ", without TLS";
        return ended(std::move(link), Outcome::kRedirected, std::move(said));
    }
    if (has_moved(link)) {
        std::string said = "has moved for good: it leads to " + link.last_url();
        return ended(std::move(link), Outcome::kRedirected, std::move(said),
                     "let the link name its target");
    }
    return ended(std::move(link), Outcome::kFine, "");
}

}  // namespace

std::string_view name(Outcome outcome) {
    constexpr std::string_view kNames[] = {"fine", "redirected", "broken", "unreachable",
                                           "not_asked"};
    return kNames[static_cast<std::size_t>(outcome)];
}

LinkResult walk_link(const std::string& url, const AskPage& ask, const WhyNot& why_not) {
    LinkResult link{url};
    std::string next = url;
    for (;;) {
        const Visit page = ask_gently(next, ask);
        link.steps.push_back({next, page.status});
        if (page.status == 0) return ended(std::move(link), Outcome::kUnreachable, page.said);
        if (!is_redirect(page)) return judge(std::move(link));
        if (link.steps.size() > kMostRedirects) {
            return ended(std::move(link), Outcome::kBroken, "leads through more than 10 redirects");
        }
        next = page.location;
        // Whoever wrote the link chose its place; whoever answers it must not choose one of ours.
        if (is_inside(host_of_link(next)) && !is_inside(host_of_link(url))) {
            return ended(std::move(link), Outcome::kBroken,
                         "leads to " + server_of_link(next) + ", inside a private network");
        }
        if (std::string why = why_not(next); !why.empty()) {
            return ended(std::move(link), Outcome::kNotAsked,
                         "leads to " + server_of_link(next) + ", which " + why);
        }
    }
}

}  // namespace tocsin
