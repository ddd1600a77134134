#include "probe/link_target.h"

#include <set>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr char kExample[] = "is an example, which no server can have";  // RFC 6761 section 6

// Where the authority of a URL begins; npos where it is none of the web.
std::size_t authority_of(const std::string& url) {
    const std::string start = ascii_lower(url.substr(0, 8));
    if (start.starts_with("https://")) return 8;
    return start.starts_with("http://") ? 7 : std::string::npos;
}

std::string why_not(const LinkToProbe& link, const std::string& url,
                    const std::string& unsubscribe_url) {
    if (!unsubscribe_url.empty() && url.starts_with(unsubscribe_url))
        return "is an unsubscribe link";
    if (link.personal) return "has a recipient's data in it";
    const std::string host = host_of_link(url);
    if (host.ends_with(".example") || host.ends_with(".invalid")) {
        return kExample;
    }
    return "";
}

}  // namespace

std::string target_of_link(const std::string& url) {
    return authority_of(url) == std::string::npos ? "" : url.substr(0, url.find('#'));
}

std::string server_of_link(const std::string& url) {
    const std::size_t start = authority_of(url);
    if (start == std::string::npos) return "";
    return url.substr(0, url.find_first_of("/?#\\", start));
}

std::string host_of_link(const std::string& url) {
    const std::size_t start = authority_of(url);
    if (start == std::string::npos) return "";
    std::string host = server_of_link(url).substr(start);
    host.erase(0, host.rfind('@') + 1);  // npos + 1 is 0
    if (host.starts_with('[')) return ascii_lower(host.substr(0, host.find(']') + 1));
    return ascii_lower(host.substr(0, host.find(':')));
}

std::vector<LinkTarget> link_targets(const std::vector<LinkToProbe>& links,
                                     const std::string& unsubscribe_url, std::size_t most) {
    std::vector<LinkTarget> targets;
    std::set<std::string> seen;
    std::size_t asked = 0;
    for (const LinkToProbe& link : links) {
        std::string url = target_of_link(link.url);
        if (url.empty()) continue;
        std::string skipped = why_not(link, url, unsubscribe_url);
        if (link.personal || skipped == "is an unsubscribe link") url = server_of_link(url);
        if (!seen.insert(skipped + " " + url).second) continue;
        if (skipped.empty() && asked++ >= most) skipped = "is one of too many";
        const bool unreachable = skipped == kExample;
        targets.push_back({std::move(url), std::move(skipped), unreachable});
    }
    return targets;
}

}  // namespace tocsin
