// `tocsin explain`: everything that is known about one address in one campaign.
#include "base/text.h"
#include "cli/addresses.h"
#include "cli/approval_text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "delivery/control.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

struct Options {
    std::string campaign;
    std::string address;
};

struct Known {
    MailingKey mailing;
    Mailbox address;
    bool planned = false;  // the campaign has a plan
    ControlState control;
    std::optional<ApprovalState> approval;
    std::optional<RowReport> row;
    std::vector<Feedback> feedback;  // in the plan or not: a token outlives its row
    std::vector<SuppressionEvent> suppressions;
};

// Of another occurrence of the campaign.
bool is_of_another(Ledger& ledger, const MailingKey& mailing, const Feedback& feedback) {
    auto row = ledger.row_name(feedback.row);
    return row && row->mailing != mailing;
}

Known look_up(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_find(workspace);
    Known known{mailing_to_look_at(invocation, workspace, options.campaign, ledger.get()),
                parse_address(options.address, "ADDRESS"),
                false,
                {},
                std::nullopt,
                std::nullopt,
                {},
                {}};
    if (!ledger) return known;
    known.planned = ledger->plan(known.mailing).has_value();
    known.control = control_of(*ledger, known.mailing).state;
    known.approval = approval_to_tell(workspace, known.mailing, *ledger);
    known.row = ledger->explain(known.mailing, known.address.key());
    ledger->for_each_feedback({known.mailing.campaign, known.address.key()},
                              [&](const Feedback& one) {
                                  if (!is_of_another(*ledger, known.mailing, one))
                                      known.feedback.push_back(one);
                              });
    known.suppressions = ledger->suppression_history(known.address.key());
    return known;
}

std::string said(const Attempt& attempt) {
    return attempt.reply ? attempt.reply->line() : attempt.error;
}

std::string attempt_text(const AttemptRecord& record) {
    std::string by = record.transport.empty() ? "" : " by " + record.transport;
    std::string text = "  attempt   " + iso8601(record.attempt.started) + by + ", reached " +
                       std::string(name(record.attempt.phase)) + ": " +
                       printable(said(record.attempt)) + " → " + std::string(name(record.state)) +
                       "\n";
    if (record.decision.empty()) return text;
    return text + "            " + printable(record.decision) + "\n";
}

std::string word_for(FeedbackKind kind) {
    if (kind == FeedbackKind::kAutoReply) return "automatic reply";
    return std::string(name(kind));
}

std::string resolution_text(const ResolutionRecord& record) {
    std::string text = "  resolved  " + iso8601(record.time) + " by " + record.source + ": " +
                       std::string(name(record.resolution));
    return text + (record.evidence.empty() ? "" : ", " + printable(record.evidence)) + "\n";
}

std::string feedback_text(const Feedback& feedback) {
    std::string text = "  feedback  " + iso8601(feedback.time) + " " + word_for(feedback.kind);
    if (feedback.bounce != BounceClass::kNone) text += ", " + std::string(name(feedback.bounce));
    if (!feedback.status.empty()) text += ", " + feedback.status;
    text += ", by " + printable(feedback.source) + "\n";
    if (feedback.text.empty()) return text;
    return text + "            " + printable(feedback.text) + "\n";
}

std::string waiting_text(const RowReport& row) {
    std::string text;
    if (!row.zone.empty()) text += "  zone      " + printable(row.zone) + "\n";
    if (!row.not_before) return text;
    const char* what = row.state == State::kPlanned ? "  due       " : "  retry     ";
    return text + what + "not before " + iso8601(*row.not_before) + "\n";
}

std::string row_text(const RowReport& row) {
    std::string text = "  state     " + std::string(name(row.state));
    if (row.skip != SkipReason::kNone) text += " (" + std::string(name(row.skip)) + ")";
    text += "\n";
    if (!row.detail.empty()) text += "  because   " + printable(row.detail) + "\n";
    text += waiting_text(row);
    for (const AttemptRecord& record : row.attempts) text += attempt_text(record);
    for (const ResolutionRecord& record : row.resolutions) text += resolution_text(record);
    return text;
}

std::string word_for(SuppressionChange change) {
    switch (change) {
        case SuppressionChange::kAdded:
            return "suppressed";
        case SuppressionChange::kLifted:
            return "lifted   ";
        case SuppressionChange::kNoted:
            return "noted    ";
        case SuppressionChange::kForgotten:
            return "forgotten";
    }
    return {};
}

// "noted" blocks nobody: a send adds or forgets it when it knows whether the server can be
// believed.
std::string suppression_text(const SuppressionEvent& event) {
    const Suppression& entry = event.entry;
    std::string scope = entry.scope == kEverything ? "everything" : "list " + entry.scope;
    std::string text = "  " + word_for(event.change) + " " + iso8601(entry.time) + " for " + scope;
    if (event.change == SuppressionChange::kLifted) return text + " by " + entry.source + "\n";
    return text + ": " + entry.reason + ", by " + entry.source +
           (entry.campaign.empty() ? "" : ", campaign " + entry.campaign) +
           (entry.until ? ", until " + iso8601(*entry.until) : "") + "\n";
}

std::string text_of(const Known& known) {
    std::string text = known.address.written() + " in " + known.mailing.shown() + "\n";
    if (known.control.control == Control::kHeld) text += "  the campaign is held\n";
    if (known.control.control == Control::kCancelled) text += "  the campaign is cancelled\n";
    if (known.approval) text += approval_text(*known.approval, "  ");
    if (known.row)
        text += row_text(*known.row);
    else if (known.planned)
        text += "  not in the plan: in none of its lists\n";
    else
        text += "  the campaign is not planned yet\n";
    for (const Feedback& one : known.feedback) text += feedback_text(one);
    for (const SuppressionEvent& event : known.suppressions) text += suppression_text(event);
    return text;
}

ordered_json json_of(const AttemptRecord& record) {
    const Attempt& attempt = record.attempt;
    ordered_json out = {{"transport", record.transport},
                        {"started", iso8601(attempt.started)},
                        {"ended", iso8601(attempt.ended)},
                        {"phase", name(attempt.phase)},
                        {"state", name(record.state)}};
    if (attempt.reply)
        out["reply"] = attempt.reply->line();
    else
        out["error"] = attempt.error;
    out["decision"] = record.decision;
    return out;
}

ordered_json json_of(const ResolutionRecord& record) {
    return {{"resolution", name(record.resolution)},
            {"source", record.source},
            {"evidence", record.evidence},
            {"time", iso8601(record.time)}};
}

// Entries that stand or stood, and apart from them those that were never more than noted.
void add_history(ordered_json& out, const std::vector<SuppressionEvent>& events) {
    out["suppressions"] = out["provisional_suppressions"] = ordered_json::array();
    for (const SuppressionEvent& event : events) {
        ordered_json entry = tocsin::json_of(event.entry);
        bool lifted = event.change == SuppressionChange::kLifted;
        if (lifted || event.change == SuppressionChange::kAdded) {
            entry["lifted"] = lifted;
            out["suppressions"].push_back(std::move(entry));
        } else {
            entry["forgotten"] = event.change == SuppressionChange::kForgotten;
            out["provisional_suppressions"].push_back(std::move(entry));
        }
    }
}

ordered_json json_of(const Known& known) {
    ordered_json out = tocsin::json_of(known.mailing);
    out["address"] = known.address.written();
    out["planned"] = known.planned;
    out["state"] = nullptr;
    if (known.row) {
        out["state"] = name(known.row->state);
        out["skipped_because"] = name(known.row->skip);
        out["detail"] = known.row->detail;
        out["attempts"] = ordered_json::array();
        for (const AttemptRecord& record : known.row->attempts)
            out["attempts"].push_back(json_of(record));
        out["resolutions"] = ordered_json::array();
        for (const ResolutionRecord& record : known.row->resolutions)
            out["resolutions"].push_back(json_of(record));
    }
    if (known.approval) out["approval"] = approval_json(*known.approval);
    out["feedback"] = ordered_json::array();
    for (const Feedback& one : known.feedback) out["feedback"].push_back(tocsin::json_of(one));
    add_history(out, known.suppressions);
    return out;
}

ExitCode explain(const Options& options, Invocation& invocation) {
    Known known = look_up(options, invocation);
    invocation.console.out(invocation.globals.json ? one_line(json_of(known)) : text_of(known));
    return ExitCode::kOk;
}

}  // namespace

Command add_explain(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("explain", "Everything known about one recipient");
    take_mailing(*command, options->campaign)->required();
    command->add_option("address", options->address, "The recipient")
        ->type_name("ADDRESS")
        ->required();
    return {command, [options](Invocation& invocation) { return explain(*options, invocation); }};
}

}  // namespace tocsin
