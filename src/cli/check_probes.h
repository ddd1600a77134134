// `check --links`, `--dns`, `--spam`: what is asked of others, and how it is shown.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "delivery/probe_links.h"
#include "model/campaign.h"
#include "probe/dns.h"
#include "probe/spam_filter.h"

namespace tocsin {

struct ProbeOptions {
    bool links = false;
    bool dns = false;
    bool spam = false;
    std::string dns_server;

    void take(CLI::App& command);
};

struct ProbeResults {
    std::optional<std::vector<LinkResult>> links{};  // absent where it was not asked for
    std::optional<std::vector<DnsVerdict>> dns{};
    std::optional<std::vector<std::pair<std::string, SpamVerdict>>> spam{};  // by campaign
    std::size_t ignored = 0;  // findings that `lint: {ignore}` left out

    void add_to(nlohmann::ordered_json& json) const;
    std::string text() const;  // for people: a line each
};

// `links`: of each campaign. Findings of the lint go to `findings`. Throws UsageError where the
// name server's address is none.
ProbeResults run_probes(const ProbeOptions& options, const Workspace& workspace,
                        const std::vector<Campaign>& campaigns,
                        const std::vector<CampaignLinks>& links, const Clock& clock,
                        Findings& findings);

}  // namespace tocsin
