#include "lint/host_counts.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestHost = 253;  // RFC 1035, section 2.3.4, as text

using Hosts = std::map<std::string, Rows, std::less<>>;

const Hosts::value_type& commonest(const Hosts& hosts) {
    return *std::ranges::max_element(
        hosts, {}, [](const Hosts::value_type& host) { return host.second.count(); });
}

bool is_stray(const Rows& rows, const Rows& most) {
    return rows.count() <= Rows::kKept && rows.count() * 4 <= most.count();
}

std::string said_of(const PersonalLink& link, const std::string& host, const std::string& others,
                    const Rows& most) {
    return "the link in `" + link.name + "` leads to " + printable(host) + ", that of " +
           counted_people(most.count()) + " to " + printable(others);
}

}  // namespace

void HostCounts::add(std::size_t link, const std::string& host, const Place& row) {
    Hosts& hosts = links_[link];
    if (host.empty() || hosts.size() > kMostHosts) return;
    hosts[host.substr(0, kLongestHost)].add(row);
}

void HostCounts::report(const std::vector<PersonalLink>& links, LintReport& report) const {
    for (std::size_t i = 0; i < links_.size(); ++i) {
        const Hosts& hosts = links_[i];
        if (hosts.size() < 2 || hosts.size() > kMostHosts) continue;
        const auto& [others, most] = commonest(hosts);
        for (const auto& [host, rows] : hosts) {
            if (!is_stray(rows, most)) continue;
            for (const Place& row : rows.first()) {
                report.add("stray-link", row, said_of(links[i], host, others, most),
                           "is it meant to, and is it safe?");
            }
        }
    }
}

}  // namespace tocsin
