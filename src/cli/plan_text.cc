#include "cli/plan_text.h"

#include "base/text.h"
#include "cli/approval_text.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/duration.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

// What there is of a plan that is about to be replaced.
std::optional<PlanMemory> memory_of_present(Ledger& ledger, const MailingKey& mailing,
                                            PlanReport& report) {
    auto plan = ledger.plan(mailing);
    if (!plan) return std::nullopt;
    report.replaced = plan->created;
    return memory_of(*plan, ledger, SipKey::random());
}

std::string counts_text(const PlanReport& report) {
    const SurveyCounts& counts = report.counts;
    std::string text =
        report.plan.mailing.shown() + ": " + counted(counts.people, "mail") + " planned";
    auto note = [&](std::size_t count, const char* what) {
        if (count > 0) text += ", " + grouped(count) + " " + what;
    };
    note(counts.excluded, "excluded");
    note(counts.suppressed, "suppressed");
    note(counts.invalid, "invalid");
    note(counts.broken, "broken");
    note(counts.duplicates, counts.duplicates == 1 ? "duplicate" : "duplicates");
    return text + "\n";
}

std::string group_text(const SkippedRows::Group& group) {
    std::string reason(name(group.reason));
    reason.resize(12, ' ');
    std::string text = "  " + reason + grouped(group.count);
    if (!group.detail.empty()) text += "  " + printable(group.detail);
    for (std::size_t i = 0; i < group.places.size(); ++i) {
        text += (i == 0 ? ": " : ", ") + printable(group.places[i]);
    }
    bool lists_places = !group.places.empty() && group.count > group.places.size();
    if (lists_places) text += " and " + grouped(group.count - group.places.size()) + " more";
    return text + "\n";
}

std::string changes_text(const PlanReport& report) {
    if (!report.replaced) return "";
    const std::string since = "the plan of " + iso8601(*report.replaced);
    if (report.changes.empty()) return "nothing has changed since " + since + "\n";
    return "since " + since + ":\n" + bullets(report.changes);
}

std::string approval_text(const PlanReport& report) {
    if (!report.approval) return "";
    const std::string id = report.plan.mailing.shown();
    std::string text = tocsin::approval_text(*report.approval, "");
    if (report.approval->kind == ApprovalState::Kind::kGiven) return text;
    return text + "`tocsin approve " + id + "` approves it\n";
}

std::string zone_to_tell(const Campaign& campaign) {
    bool by_recipient = campaign.schedule && campaign.schedule->schedule.by_recipient;
    return by_recipient ? campaign.schedule->schedule.zone.name() : "";
}

std::string zones_text(const PlanReport& report) {
    const std::size_t count = report.counts.zoneless;
    if (count == 0) return "";
    return (count == 1 ? "1 person has no known time zone: it goes"
                       : grouped(count) + " people have no known time zone: they go") +
           " by " + report.zone + "\n";
}

ordered_json groups_json(const std::vector<SkippedRows::Group>& groups) {
    ordered_json out = ordered_json::array();
    for (const SkippedRows::Group& group : groups) {
        out.push_back({{"reason", name(group.reason)},
                       {"detail", group.detail},
                       {"count", group.count},
                       {"places", group.places}});
    }
    return out;
}

}  // namespace

PlanReport plan_or_report(Invocation& invocation, const Workspace& workspace,
                          LoadedCampaign& loaded, Ledger& ledger, PlanOrder order) {
    Findings findings;
    PlanReport report;
    order.now = invocation.clock.now();
    const MailingKey mailing{loaded.campaign.id, order.occurrence};
    const auto earlier = memory_of_present(ledger, mailing, report);
    SkippedRows skipped;
    auto counts = write_plan(workspace, loaded, ledger, order, findings, &skipped);
    report_survey(invocation, loaded.campaign.id, counts.value_or(SurveyCounts{}), findings);
    report.counts = *counts;
    report.skipped = skipped.groups();
    report.plan = ledger.plan(mailing).value();
    if (earlier) {
        report.changes = changes(*earlier, memory_of(report.plan, ledger, earlier->people.key()));
    }
    report.duration = duration(workspace, report.plan, ledger, order.now);
    report.approval = approval_to_tell(workspace, mailing, ledger);
    report.zone = zone_to_tell(loaded.campaign);
    return report;
}

std::string short_hash(const std::string& hash) {
    return hash.substr(0, 16);
}

std::string plan_text(const PlanReport& report) {
    std::string text = counts_text(report);
    for (const SkippedRows::Group& group : report.skipped) text += group_text(group);
    text += zones_text(report);
    if (report.duration) {
        text += "takes " + shown_duration(*report.duration) + " at the present limits\n";
    }
    text += "content " + short_hash(report.plan.content_hash) + ", planned " +
            iso8601(report.plan.created) + "\n";
    text += "hash " + short_hash(hash_of(parts_of(report.plan))) +
            ", of content, audience and settings\n";
    return text + changes_text(report) + approval_text(report);
}

ordered_json plan_json(const PlanReport& report) {
    const PlanParts parts = parts_of(report.plan);
    const SurveyCounts& counts = report.counts;
    ordered_json seconds = nullptr, replaced = nullptr;
    if (report.duration) seconds = report.duration->count();
    if (report.replaced) replaced = iso8601(*report.replaced);
    ordered_json out = json_of(report.plan.mailing);
    out.update({{"total", counts.total()},
                {"planned", counts.people},
                {"skipped_by_reason",
                 {{"suppressed", counts.suppressed},
                  {"excluded", counts.excluded},
                  {"invalid", counts.invalid},
                  {"broken", counts.broken}}},
                {"skipped", groups_json(report.skipped)},
                {"duplicates", counts.duplicates},
                {"duration_seconds", seconds},
                {"hash", hash_of(parts)},
                {"content_hash", parts.content_hash},
                {"audience_hash", parts.audience_hash},
                {"settings_hash", parts.settings_hash},
                {"created", iso8601(report.plan.created)},
                {"replaced", replaced},
                {"changes", report.changes}});
    if (!report.zone.empty()) out["without_time_zone"] = counts.zoneless;
    if (report.approval) out["approval"] = approval_json(*report.approval);
    return out;
}

}  // namespace tocsin
