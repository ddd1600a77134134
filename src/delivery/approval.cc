#include "delivery/approval.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "delivery/settings.h"
#include "model/content.h"

namespace tocsin {
namespace {

using nlohmann::json;

std::string facts_to_keep(const PlanMemory& memory) {
    return json{{"content", serialise(memory.content)},
                {"settings", serialise(memory.settings)},
                {"lists", serialise(memory.lists)}}
        .dump();
}

Approval approval_by(const std::string& by, const PlanMemory& memory, WallTime now) {
    return {memory.parts.content_hash,
            memory.parts.audience_hash,
            memory.parts.settings_hash,
            facts_to_keep(memory),
            by,
            now};
}

PlanMemory memory_of(const Approval& approval, const std::string& people) {
    try {
        const json facts = json::parse(approval.facts);
        auto part = [&](const char* name) {
            return parse_facts(facts.at(name).get<std::string>());
        };
        return {parts_of(approval), part("content"), part("settings"), part("lists"),
                People::unpack(people)};
    } catch (const json::exception& fault) {
        throw LedgerError(std::string("an approval cannot be read from the ledger: ") +
                          fault.what());
    }
}

Facts settings_now(const Workspace& workspace, const PlanInfo& plan) {
    return settings_of(workspace, parse_content(plan.content));
}

std::vector<std::string> changes_since(const Approval& approval, PlanMemory now,
                                       const MailingKey& mailing, Ledger& ledger) {
    if (covers_series(approval)) {
        now.parts.audience_hash.clear();
        return changes(memory_of(approval, ""), now);
    }
    PlanMemory then = memory_of(approval, ledger.approved_people(mailing));
    if (then.parts.audience_hash != now.parts.audience_hash) {
        now.people = People::of_plan(ledger, mailing, then.people.key());
    }
    return changes(then, now);
}

bool covers(const Approval& approval, const PlanParts& parts) {
    PlanParts approved = parts_of(approval);
    if (covers_series(approval)) approved.audience_hash = parts.audience_hash;
    return approved == parts;
}

// Those of the series do not count for a mailing of its own, and one of a single mailing, which the
// campaign had before it recurred, counts for no other.
std::vector<Approval> approvals_for(Ledger& ledger, const MailingKey& mailing, bool series) {
    auto all = ledger.approvals(mailing);
    std::erase_if(all, [&](const Approval& one) { return covers_series(one) != series; });
    return all;
}

// Oldest first.
std::vector<Approval> approvals_for(Ledger& ledger, const MailingKey& mailing) {
    auto all = approvals_for(ledger, mailing, false);
    if (mailing.occurrence.empty()) return all;
    for (Approval& one : approvals_for(ledger, mailing.series(), true)) {
        all.push_back(std::move(one));
    }
    std::ranges::stable_sort(all, {}, &Approval::time);
    return all;
}

ApprovalState state_of(const std::vector<Approval>& all, const PlanMemory& now,
                       const MailingKey& mailing, Ledger& ledger) {
    ApprovalState state;
    if (all.empty()) return state;
    std::ranges::copy_if(all, std::back_inserter(state.approvals),
                         [&](const Approval& one) { return covers(one, now.parts); });
    state.kind = ApprovalState::Kind::kGiven;
    if (!state.approvals.empty()) return state;
    state.kind = ApprovalState::Kind::kVoid;
    state.approvals = {all.back()};
    state.changes = changes_since(all.back(), now, mailing, ledger);
    return state;
}

[[noreturn]] void refuse_void(const PlanInfo& plan, const ApprovalState& state) {
    const Approval& latest = state.approvals.front();
    const MailingKey approved = covers_series(latest) ? plan.mailing.series() : plan.mailing;
    std::string lines = bullets(state.changes);
    lines.pop_back();
    throw Refused(
        "the approval of " + approved.shown() + " by " + printable(latest.by) + " (" +
            iso8601(latest.time) + ") is void; since then:\n" + lines,
        "look at it again; `tocsin approve " + approved.shown() + "` approves it as it is now");
}

}  // namespace

bool covers_series(const Approval& approval) {
    return approval.audience_hash.empty();
}

ApprovalState approval_of(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger) {
    const auto all = approvals_for(ledger, plan.mailing);
    if (all.empty()) return {};
    return state_of(all, memory_of(plan, settings_now(workspace, plan)), plan.mailing, ledger);
}

ApprovalState approval_of_series(const Workspace& workspace, const Content& content,
                                 Ledger& ledger) {
    const MailingKey series{content.campaign, ""};
    return state_of(approvals_for(ledger, series, true),
                    memory_of(content, settings_of(workspace, content)), series, ledger);
}

void demand_approval(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger) {
    if (!workspace.approval_required) return;
    ApprovalState state = approval_of(workspace, plan, ledger);
    if (state.kind == ApprovalState::Kind::kGiven) return;
    if (state.kind == ApprovalState::Kind::kVoid) refuse_void(plan, state);
    const std::string& id = plan.mailing.campaign;
    const bool recurs = !plan.mailing.occurrence.empty();
    throw Refused("nobody has approved " + id + ", and tocsin.yaml says `approval: required`",
                  "`tocsin approve " + id + "` shows what is planned and approves it" +
                      (recurs ? ", for all occurrences" : ""));
}

PlanParts parts_to_approve(const Workspace& workspace, const PlanInfo& plan) {
    return parts_of(plan, settings_now(workspace, plan));
}

bool approve(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger,
             const std::string& by, WallTime now) {
    const PlanMemory memory = memory_of(plan, settings_now(workspace, plan));
    const People people = People::of_plan(ledger, plan.mailing, SipKey::random());
    auto present = ledger.plan(plan.mailing);
    bool is_same =
        present && present->number == plan.number && present->audience_hash == plan.audience_hash;
    if (!is_same) {
        throw Refused(plan.mailing.shown() + " was planned anew meanwhile",
                      "look at the new plan, and approve that");
    }
    return ledger.approve(plan.mailing, approval_by(by, memory, now), people.pack());
}

PlanParts series_to_approve(const Workspace& workspace, const Content& content) {
    return memory_of(content, settings_of(workspace, content)).parts;
}

bool approve_series(const Workspace& workspace, const Content& content, Ledger& ledger,
                    const std::string& by, WallTime now) {
    const PlanMemory memory = memory_of(content, settings_of(workspace, content));
    return ledger.approve({content.campaign, ""}, approval_by(by, memory, now), "");
}

}  // namespace tocsin
