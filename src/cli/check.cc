// `tocsin check`: loads everything, renders everybody, sends nothing.
#include "delivery/check.h"

#include "base/text.h"
#include "campaign/find.h"
#include "campaign/read.h"
#include "cli/check_probes.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/check_live.h"

namespace tocsin {
namespace {

struct Options {
    std::vector<std::string> campaigns;
    bool skip_invalid = false;
    bool skip_broken = false;
    bool connect = false;
    ProbeOptions probes;
};

void tell_ready(Invocation& invocation, const std::vector<std::string>& transports) {
    if (invocation.globals.json || invocation.console.quiet()) return;
    for (const std::string& name : transports) {
        invocation.console.out("`" + name + "` is ready, as far as it can tell without a mail\n");
    }
}

ExitCode check(const Options& options, Invocation& invocation) {
    Findings findings;
    auto workspace = read_workspace_partly(find_config(invocation.globals.config), findings);
    const bool config_is_bad = findings.has_errors();

    std::size_t recipients = 0, ignored = 0;
    std::vector<Campaign> campaigns;
    std::vector<CampaignLinks> links;
    for (const std::string& given : options.campaigns) {
        if (!workspace) break;
        auto campaign =
            read_campaign_partly(find_campaign(*workspace, given), *workspace, findings);
        if (!campaign) continue;
        SurveyOptions how{options.skip_invalid, options.skip_broken, true};
        // Of its own, so that what another campaign has reported cannot look like soundness here.
        Findings of_campaign;
        SurveyCounts counts =
            check_campaign(*workspace, *campaign, how, invocation.clock.now(), of_campaign);
        recipients += counts.people;
        ignored += counts.ignored;
        findings.append(of_campaign);
        campaigns.push_back(std::move(*campaign));
        links.push_back(std::move(counts.audience.links));
    }
    if (options.connect && workspace && !config_is_bad) check_live(*workspace, findings);
    ProbeResults probed;
    if (workspace && !config_is_bad) {
        probed =
            run_probes(options.probes, *workspace, campaigns, links, invocation.clock, findings);
        ignored += probed.ignored;
    }
    if (invocation.globals.json) {
        nlohmann::ordered_json out = {
            {"findings", json_of(findings)}, {"recipients", recipients}, {"ignored", ignored}};
        probed.add_to(out);
        invocation.console.out(one_line(out));
    } else {
        if (!invocation.console.quiet()) invocation.console.out(probed.text());
        if (!findings.empty()) invocation.console.print(findings);
        if (!invocation.console.quiet()) {
            const std::string not_shown = ignored == 0 ? "" : ", " + grouped(ignored) + " ignored";
            invocation.console.out(counted(recipients, "recipient") + ", " + summary(findings) +
                                   not_shown + "\n");
        }
    }
    if (config_is_bad) return ExitCode::kConfig;
    if (options.connect && !findings.has_errors()) {
        tell_ready(invocation, probe_transports(*workspace, campaigns, invocation.clock));
    }
    return exit_code_of(findings);
}

}  // namespace

Command add_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("check", "Find everything that is wrong; send nothing");
    command->add_option("campaign", options->campaigns, "Campaign files or ids")
        ->type_name("CAMPAIGN")
        ->required();
    command->add_flag("--skip-invalid", options->skip_invalid, "Bad rows are warnings");
    command->add_flag("--skip-broken", options->skip_broken,
                      "Mails that cannot be rendered are warnings");
    options->probes.take(*command);
    command->add_flag("--connect", options->connect,
                      "Also log in at the mail server, and prove that `unsubscribe.url` works");
    return {command, [options](Invocation& invocation) { return check(*options, invocation); }};
}

}  // namespace tocsin
