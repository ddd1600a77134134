#include "delivery/planner.h"

#include "base/random.h"
#include "compose/load_content.h"
#include "delivery/inputs.h"
#include "delivery/linted_survey.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

std::string hash_of(const std::string& bytes) {
    Sha256 hash;
    hash.add(bytes);
    return to_hex(hash.finish());
}

PlanHeader header_of(const Workspace& workspace, const LoadedCampaign& loaded, WallTime now) {
    PlanHeader header;
    header.mailing = {loaded.campaign.id, ""};
    header.list = loaded.campaign.unsubscribe_list;
    header.content = serialise(loaded.content);
    header.content_hash = hash_of(header.content);
    header.inputs = serialise(inputs_of(workspace, loaded.campaign, loaded.content));
    header.columns = loaded.audience->columns();
    header.created = now;
    return header;
}

}  // namespace

std::string hash_of_content(const Content& content) {
    return hash_of(serialise(content));
}

std::unique_ptr<LoadedCampaign> load_campaign(const Workspace& workspace, Campaign campaign,
                                              Findings& findings) {
    std::size_t errors_before = findings.errors();
    Content content = load_content(workspace, campaign, findings);
    auto audience = open_audience(workspace.root, campaign.audience, findings);
    if (!audience) return nullptr;
    auto loaded = std::make_unique<LoadedCampaign>(
        LoadedCampaign{std::move(campaign), std::move(content), std::move(audience), nullptr});
    loaded->composer = Composer::make(loaded->content, loaded->audience->columns(), findings);
    if (findings.errors() > errors_before) return nullptr;
    return loaded;
}

std::optional<SurveyCounts> write_plan(const Workspace& workspace, LoadedCampaign& loaded,
                                       Ledger& ledger, PlanKind kind, const SurveyOptions& options,
                                       WallTime now, Findings& findings) {
    std::size_t errors_before = findings.errors();
    const std::string list = loaded.campaign.unsubscribe_list;
    auto writer = ledger.write_plan(header_of(workspace, loaded, now), kind);
    SurveyCounts counts = linted_survey(
        {workspace, loaded.campaign, loaded.content}, *loaded.audience, loaded.composer.get(),
        options, [&](std::span<PlanRow> rows) { ledger.skip_suppressed(rows, list, now); },
        [&](const PlanRow& row) { writer->add(row); }, findings);
    // A writer that goes without its commit leaves no plan.
    if (findings.errors() > errors_before) return std::nullopt;
    writer->commit(counts.duplicates);
    return counts;
}

}  // namespace tocsin
