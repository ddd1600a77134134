#include "delivery/planner.h"

#include "base/error.h"
#include "base/random.h"
#include "compose/load_content.h"
#include "delivery/audience_hash.h"
#include "delivery/control.h"
#include "delivery/inputs.h"
#include "delivery/linted_survey.h"
#include "delivery/plan_parts.h"
#include "delivery/recipient_zones.h"
#include "delivery/settings.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

std::string hash_of(const std::string& bytes) {
    Sha256 hash;
    hash.add(bytes);
    return to_hex(hash.finish());
}

// A top-up keeps the frozen content, and the transport that it names.
Facts settings_for(const Workspace& workspace, const LoadedCampaign& loaded,
                   const std::optional<PlanInfo>& kept) {
    return settings_of(workspace, kept ? parse_content(kept->content) : loaded.content);
}

PlanHeader header_of(const Workspace& workspace, const LoadedCampaign& loaded,
                     const std::optional<PlanInfo>& kept, const PlanOrder& order) {
    PlanHeader header;
    header.mailing = {loaded.campaign.id, order.occurrence};
    header.list = loaded.campaign.unsubscribe_list;
    header.content = serialise(loaded.content);
    header.content_hash = hash_of_content(loaded.content);
    header.inputs = serialise(inputs_of(workspace, loaded.campaign, loaded.content));
    header.settings = serialise(settings_for(workspace, loaded, kept));
    header.columns = loaded.audience->columns();
    header.created = order.now;
    return header;
}

// What a plan's mails are made of.
struct Material {
    const Content* content;
    Composer* composer;
};

// Of people who join a plan the frozen content is what they will get, whatever the files say now.
struct Frozen {
    std::optional<Content> content;
    std::unique_ptr<Composer> composer;

    Material of(const LoadedCampaign& loaded, const std::optional<PlanInfo>& kept) {
        if (!kept) return {&loaded.content, loaded.composer.get()};
        content = parse_content(kept->content);
        Findings none;  // its columns are those of the plan, or the writer has refused
        composer = Composer::make(*content, loaded.audience->columns(), none);
        if (!composer) throw LedgerError("the content of the plan cannot be rendered");
        return {&*content, composer.get()};
    }
};

AudienceHash audience_hash_for(const Columns& columns, const Material& material) {
    std::vector<std::size_t> used;
    for (const auto& column : material.composer->renderer().used_columns()) {
        used.push_back(column.column);
    }
    return {columns, used};
}

std::string whole_audience(const AudienceHash& rows, const std::optional<PlanInfo>& kept) {
    if (!kept) return rows.finish();
    const std::string before = parts_of(*kept).audience_hash;
    return rows.empty() ? before : topped_up(before, rows.finish());
}

const Schedule* schedule_of(const Campaign& campaign) {
    return campaign.schedule ? &campaign.schedule->schedule : nullptr;
}

// Where the rows of a survey go.
class PlanRows {
  public:
    PlanRows(PlanWriter& writer, const LoadedCampaign& loaded, const Material& material,
             SkippedRows* skipped)
        : writer_(writer),
          zones_(schedule_of(loaded.campaign), loaded.audience->columns()),
          campaigns_zone_(zones_.wanted() ? schedule_of(loaded.campaign)->zone.name() : ""),
          hash_(audience_hash_for(loaded.audience->columns(), material)),
          skipped_(skipped) {}

    void add(PlanRow& row) {
        const bool zoneless = zones_.wanted() && zones_.of(row).empty();
        // Where nobody's is known, too: a plan without zones would be due where it is that late
        // first on earth.
        if (zones_.wanted()) row.zone = zoneless ? campaigns_zone_ : zones_.of(row);
        if (writer_.add(row)) {
            hash_.add(row);
            if (zoneless && row.skip == SkipReason::kNone) ++zoneless_;
        }
        if (skipped_ != nullptr) skipped_->add(row);
    }

    const AudienceHash& hash() const { return hash_; }
    std::size_t zoneless() const { return zoneless_; }

  private:
    PlanWriter& writer_;
    RecipientZones zones_;
    const std::string campaigns_zone_;
    AudienceHash hash_;
    SkippedRows* skipped_;
    std::size_t zoneless_ = 0;
};

}  // namespace

std::string hash_of_content(const Content& content) {
    Content placeless = content;
    placeless.subject.place = {};
    if (placeless.preheader) placeless.preheader->place = {};
    return hash_of(serialise(placeless));
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
                                       Ledger& ledger, const PlanOrder& order, Findings& findings,
                                       SkippedRows* skipped) {
    std::size_t errors_before = findings.errors();
    const MailingKey mailing{loaded.campaign.id, order.occurrence};
    if (!mailing.occurrence.empty()) refuse_cancelled(ledger, mailing);
    std::optional<PlanInfo> kept;
    if (order.kind == PlanKind::kTopUp) kept = ledger.plan(mailing);
    auto writer = ledger.write_plan(header_of(workspace, loaded, kept, order), order.kind);
    // Nobody else can change it any more.
    if (kept) kept = ledger.plan(mailing);
    Frozen frozen;
    const Material material = frozen.of(loaded, kept);
    PlanRows rows(*writer, loaded, material, skipped);
    SurveyCounts counts = linted_survey(
        {workspace, loaded.campaign, *material.content}, *loaded.audience, material.composer,
        order.survey,
        [&](std::span<PlanRow> some) {
            ledger.skip_suppressed(some, loaded.campaign.unsubscribe_list, order.now);
        },
        [&](PlanRow& row) { rows.add(row); }, findings);
    // A writer that goes without its commit leaves no plan.
    if (findings.errors() > errors_before) return std::nullopt;
    writer->commit({counts.duplicates, whole_audience(rows.hash(), kept)});
    counts.zoneless = rows.zoneless();
    return counts;
}

}  // namespace tocsin
