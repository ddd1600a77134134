// Where everybody's personal links lead, so that the one that leads elsewhere is seen.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lint/personal_links.h"
#include "lint/report.h"
#include "lint/rows.h"

namespace tocsin {

class HostCounts {
  public:
    explicit HostCounts(std::size_t links) : links_(links) {}

    // `host` of link number `link`, for the person of this row.
    void add(std::size_t link, const std::string& host, const Place& row);
    // stray-link: a host of at most three people, where at least four times as many share another.
    void report(const std::vector<PersonalLink>& links, LintReport& report) const;

  private:
    // Where there are more, everybody has a host of their own, and none is a stray.
    static constexpr std::size_t kMostHosts = 64;
    using Hosts = std::map<std::string, Rows, std::less<>>;

    std::vector<Hosts> links_;
};

}  // namespace tocsin
