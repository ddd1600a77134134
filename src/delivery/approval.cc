#include "delivery/approval.h"

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
                                       const PlanInfo& plan, Ledger& ledger) {
    PlanMemory then = memory_of(approval, ledger.approved_people(plan.mailing));
    if (then.parts.audience_hash != now.parts.audience_hash) {
        now.people = People::of_plan(ledger, plan.mailing, then.people.key());
    }
    return changes(then, now);
}

[[noreturn]] void refuse_void(const PlanInfo& plan, const ApprovalState& state) {
    const Approval& latest = state.approvals.front();
    std::string lines = bullets(state.changes);
    lines.pop_back();
    throw Refused("the approval of " + plan.mailing.campaign + " by " + printable(latest.by) +
                      " (" + iso8601(latest.time) + ") is void; since then:\n" + lines,
                  "look at it again; `tocsin approve " + plan.mailing.campaign +
                      "` approves it as it is now");
}

}  // namespace

ApprovalState approval_of(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger) {
    ApprovalState state;
    const auto all = ledger.approvals(plan.mailing);
    if (all.empty()) return state;
    const PlanMemory now = memory_of(plan, settings_now(workspace, plan));
    for (const Approval& approval : all) {
        if (parts_of(approval) == now.parts) state.approvals.push_back(approval);
    }
    if (!state.approvals.empty()) {
        state.kind = ApprovalState::Kind::kGiven;
        return state;
    }
    state.kind = ApprovalState::Kind::kVoid;
    state.approvals = {all.back()};
    state.changes = changes_since(all.back(), now, plan, ledger);
    return state;
}

void demand_approval(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger) {
    if (!workspace.approval_required) return;
    ApprovalState state = approval_of(workspace, plan, ledger);
    if (state.kind == ApprovalState::Kind::kGiven) return;
    if (state.kind == ApprovalState::Kind::kVoid) refuse_void(plan, state);
    const std::string& id = plan.mailing.campaign;
    throw Refused("nobody has approved " + id + ", and tocsin.yaml says `approval: required`",
                  "`tocsin approve " + id + "` shows what is planned and approves it");
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
        throw Refused(plan.mailing.campaign + " was planned anew meanwhile",
                      "look at the new plan, and approve that");
    }
    Approval approval{memory.parts.content_hash,
                      memory.parts.audience_hash,
                      memory.parts.settings_hash,
                      facts_to_keep(memory),
                      by,
                      now};
    return ledger.approve(plan.mailing, approval, people.pack());
}

}  // namespace tocsin
