#include "cli/load.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/find.h"
#include "campaign/read.h"

namespace tocsin {
namespace {

// Once, or one of its occurrences.
bool is_planned(Ledger* ledger, const std::string& campaign) {
    if (ledger == nullptr) return false;
    auto mailings = ledger->mailings();
    return std::ranges::any_of(
        mailings, [&](const MailingKey& mailing) { return mailing.campaign == campaign; });
}

}  // namespace

ExitCode exit_code_of(const Findings& findings) {
    if (!findings.has_errors()) return ExitCode::kOk;
    bool only_missing =
        findings.left_out() == 0 &&
        std::all_of(findings.all().begin(), findings.all().end(), [](const auto& f) {
            return f.severity != Severity::kError || f.id == "missing-file";
        });
    return only_missing ? ExitCode::kMissingInput : ExitCode::kBadInput;
}

void report_findings(Invocation& invocation, const Findings& findings) {
    if (!findings.empty()) invocation.console.print(findings);
    if (!findings.has_errors()) return;
    invocation.console.err(summary(findings) + "\n");
    throw Reported(exit_code_of(findings));
}

void report_survey(Invocation& invocation, const std::string& campaign, const SurveyCounts& counts,
                   const Findings& findings) {
    report_findings(invocation, findings);
    if (counts.lint_warnings == 0 || invocation.console.quiet()) return;
    invocation.console.err(campaign + ": " + counted(counts.lint_warnings, "warning") +
                           ": see `tocsin check " + campaign + "`\n");
}

Workspace load_workspace(Invocation& invocation) {
    Findings findings;
    auto workspace = read_workspace(find_config(invocation.globals.config), findings);
    if (!findings.empty()) invocation.console.print(findings);
    if (!workspace) throw Reported(ExitCode::kConfig);
    return std::move(*workspace);
}

Campaign load_campaign_file(Invocation& invocation, const Workspace& workspace,
                            const std::string& given) {
    Findings findings;
    auto campaign = read_campaign(find_campaign(workspace, given), workspace, findings);
    report_findings(invocation, findings);
    return std::move(*campaign);
}

std::unique_ptr<LoadedCampaign> load_whole_campaign(Invocation& invocation,
                                                    const Workspace& workspace,
                                                    const std::string& given) {
    Campaign campaign = load_campaign_file(invocation, workspace, given);
    Findings findings;
    auto loaded = load_campaign(workspace, std::move(campaign), findings);
    report_findings(invocation, findings);
    return loaded;
}

std::string campaign_id(Invocation& invocation, const Workspace& workspace,
                        const std::string& given) {
    bool is_path = given.find('/') != std::string::npos || given.ends_with(".yaml");
    if (!is_path) return given;
    Findings findings;
    auto campaign = read_campaign(find_campaign(workspace, given), workspace, findings);
    // Warnings are left to who reads the campaign for its content.
    if (!campaign) report_findings(invocation, findings);
    return campaign->id;
}

std::string known_campaign_id(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger) {
    std::string id = campaign_id(invocation, workspace, given);
    if (!is_planned(ledger, id)) find_campaign(workspace, given);
    return id;
}

}  // namespace tocsin
