#include "probe/link_target.h"

#include <arpa/inet.h>
#include <array>
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

bool is_inside_ipv4(std::uint32_t address) {
    struct Network {
        std::uint32_t prefix;
        int bits;
    };
    constexpr std::array<Network, 6> kInside{{{0x00000000, 8},     // 0.0.0.0/8, this host
                                              {0x7f000000, 8},     // 127.0.0.0/8
                                              {0x0a000000, 8},     // 10.0.0.0/8
                                              {0xac100000, 12},    // 172.16.0.0/12
                                              {0xc0a80000, 16},    // 192.168.0.0/16
                                              {0xa9fe0000, 16}}};  // 169.254.0.0/16
    for (const Network& network : kInside) {
        if (address >> (32 - network.bits) == network.prefix >> (32 - network.bits)) return true;
    }
    return false;
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

bool is_inside(const std::string& host) {
    for (std::string_view name : {".localhost", ".local", ".internal"}) {
        if (("." + host).ends_with(name)) return true;
    }
    if (host.starts_with('[')) {
        return host == "[::1]" || host == "[::]" || host.starts_with("[fc") ||
               host.starts_with("[fd") || host.starts_with("[fe8") || host.starts_with("[::ffff:");
    }
    in_addr address{};  // inet_aton reads what libcurl does: 127.1, 0x7f000001
    return ::inet_aton(host.c_str(), &address) != 0 && is_inside_ipv4(ntohl(address.s_addr));
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
