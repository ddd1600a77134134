#include "cli/approval_text.h"

#include "base/text.h"

namespace tocsin {
namespace {

std::string signature(const Approval& approval) {
    return printable(approval.by) + " (" + iso8601(approval.time) + ")";
}

const char* name(ApprovalState::Kind kind) {
    switch (kind) {
        case ApprovalState::Kind::kNone:
            return "none";
        case ApprovalState::Kind::kGiven:
            return "given";
        case ApprovalState::Kind::kVoid:
            return "void";
    }
    return "";
}

}  // namespace

std::optional<ApprovalState> approval_to_tell(const Workspace& workspace, const MailingKey& mailing,
                                              Ledger& ledger) {
    const bool given =
        !ledger.approvals(mailing).empty() || !ledger.approvals(mailing.series()).empty();
    if (!workspace.approval_required && !given) return std::nullopt;
    auto plan = ledger.plan(mailing);
    if (!plan) return std::nullopt;
    return approval_of(workspace, *plan, ledger);
}

std::string approval_text(const ApprovalState& state, const std::string& indent) {
    if (state.kind == ApprovalState::Kind::kNone) return indent + "approved by nobody\n";
    if (state.kind == ApprovalState::Kind::kVoid) {
        return indent + "the approval by " + signature(state.approvals.front()) +
               " is void; since then:\n" + bullets(state.changes);
    }
    std::string text;
    for (const Approval& approval : state.approvals) {
        text += indent + "approved by " + signature(approval) + "\n";
    }
    return text;
}

nlohmann::ordered_json approval_json(const ApprovalState& state) {
    nlohmann::ordered_json by = nlohmann::ordered_json::array();
    for (const Approval& approval : state.approvals) {
        by.push_back({{"by", approval.by},
                      {"time", iso8601(approval.time)},
                      {"hash", hash_of(parts_of(approval))}});
    }
    return {{"state", name(state.kind)}, {"approvals", by}, {"changes", state.changes}};
}

}  // namespace tocsin
