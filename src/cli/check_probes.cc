#include "cli/check_probes.h"

#include <set>

#include "base/error.h"
#include "delivery/probe_sender.h"
#include "delivery/probe_spam.h"
#include "probe/resolver.h"

namespace tocsin {
namespace {

class Probes {
  public:
    Probes(const ProbeOptions& options, const Workspace& workspace, const Clock& clock,
           Findings& findings)
        : options_(options), workspace_(workspace), clock_(clock), findings_(findings) {
        if (options.dns) resolver_.emplace(options.dns_server);
    }

    ProbeResults run(const std::vector<Campaign>& campaigns,
                     const std::vector<CampaignLinks>& links) {
        if (options_.links) results_.links = probe_links(workspace_, links);
        if (options_.dns) results_.dns.emplace();
        if (options_.spam) results_.spam.emplace();
        for (std::size_t i = 0; i < campaigns.size(); ++i) look_at(campaigns[i], links[i]);
        return std::move(results_);
    }

  private:
    void look_at(const Campaign& campaign, const CampaignLinks& links) {
        LintIgnore ignore = workspace_.lint_ignore;
        ignore.insert(campaign.lint_ignore.begin(), campaign.lint_ignore.end());
        LintReport report(ignore, findings_);
        if (results_.links) report_links(*results_.links, links, report);
        if (results_.dns) ask_dns(campaign, report);
        if (results_.spam) {
            auto verdict = probe_spam(workspace_, campaign, clock_.now(), report);
            if (verdict) results_.spam->emplace_back(campaign.id, std::move(*verdict));
        }
        results_.ignored += report.ignored();
    }

    // Campaigns of one sender get the same answers, shown once.
    void ask_dns(const Campaign& campaign, LintReport& report) {
        for (DnsVerdict& verdict : probe_sender(*resolver_, workspace_, campaign, report)) {
            if (shown_.insert(verdict.rule + " " + verdict.name).second) {
                results_.dns->push_back(std::move(verdict));
            }
        }
    }

    const ProbeOptions& options_;
    const Workspace& workspace_;
    const Clock& clock_;
    Findings& findings_;
    std::optional<Resolver> resolver_;
    ProbeResults results_;
    std::set<std::string> shown_;
};

}  // namespace

void ProbeOptions::take(CLI::App& command) {
    command.add_flag("--links", links, "Also ask for the pages that links lead to");
    CLI::Option* asks_dns = command.add_flag(
        "--dns", dns, "Also ask the DNS for SPF, DKIM, DMARC and MX of the sender");
    command.add_option("--dns-server", dns_server, "Ask this name server for --dns")
        ->type_name("ADDRESS[:PORT]")
        ->needs(asks_dns);
    command.add_flag("--spam", spam, "Also ask SpamAssassin, where it is installed");
}

ProbeResults run_probes(const ProbeOptions& options, const Workspace& workspace,
                        const std::vector<Campaign>& campaigns,
                        const std::vector<CampaignLinks>& links, const Clock& clock,
                        Findings& findings) {
    return Probes(options, workspace, clock, findings).run(campaigns, links);
}

}  // namespace tocsin
