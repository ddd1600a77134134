// `tocsin status`: counts by state.
#include <thread>

#include "base/text.h"
#include "cli/approval_text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    bool watch = false;
};

std::string line(std::string_view label, std::size_t count, std::string_view note = "") {
    std::string number = grouped(count);
    std::string text = "  " + std::string(label);
    text.resize(std::max<std::size_t>(text.size() + 1, 16), ' ');
    text += std::string(number.size() < 10 ? 10 - number.size() : 0, ' ') + number;
    return text + (note.empty() ? "" : "   " + std::string(note)) + "\n";
}

std::string reasons(const Counts& counts) {
    std::string text;
    for (std::size_t i = 1; i < kSkipReasons; ++i) {
        if (counts.skipped[i] == 0) continue;
        if (!text.empty()) text += ", ";
        text += grouped(counts.skipped[i]) + " " + std::string(name(static_cast<SkipReason>(i)));
    }
    return text;
}

std::string heading(const std::string& id, const ControlState& control) {
    std::string text = id;
    if (control.control == Control::kHeld) text += "  (held";
    if (control.control == Control::kCancelled) text += "  (cancelled";
    if (control.control == Control::kOpen) return text + "\n";
    return text + (control.reason.empty() ? "" : ": " + printable(control.reason)) + ")\n";
}

std::string table(const std::string& id, const Counts& counts, const ControlState& control) {
    std::string text = heading(id, control);
    if (counts.total == 0) return text + "  not planned yet\n";
    for (std::size_t i = 0; i < kStates; ++i) {
        auto state = static_cast<State>(i);
        bool always = state == State::kAccepted || state == State::kPlanned;
        if (counts.states[i] == 0 && !always) continue;
        text +=
            line(name(state), counts.states[i], state == State::kSkipped ? reasons(counts) : "");
    }
    text += line("total", counts.total,
                 counts.duplicates > 0 ? "and " + counted(counts.duplicates, "duplicate") : "");
    return text;
}

std::string feedback_line(const FeedbackCounts& feedback) {
    std::string text;
    auto add = [&](std::size_t count, const char* what) {
        if (count == 0) return;
        text += (text.empty() ? "" : ", ") + grouped(count) + " " + what;
    };
    add(feedback.bounced, "bounced");
    add(feedback.delayed, "delayed");
    add(feedback.complained, "complained");
    add(feedback.unsubscribed, "unsubscribed");
    std::string lines = text.empty() ? "" : "  came back: " + text + "\n";
    if (feedback.delivered > 0)
        lines += "  the provider tells of " + grouped(feedback.delivered) + " delivered\n";
    return lines;
}

std::vector<MailingKey> asked_for(Invocation& invocation, const Workspace& workspace,
                                  const std::string& campaign, Ledger* ledger) {
    if (!campaign.empty())
        return {{known_campaign_id(invocation, workspace, campaign, ledger), ""}};
    return ledger != nullptr ? ledger->mailings() : std::vector<MailingKey>{};
}

nlohmann::ordered_json json_of(const MailingKey& mailing, const Counts& counts,
                               const FeedbackCounts& feedback,
                               const std::optional<ApprovalState>& approval) {
    nlohmann::ordered_json out = {{"campaign", mailing.campaign}};
    out.update(json_of(counts));
    if (!(feedback == FeedbackCounts{})) out["feedback"] = json_of(feedback);
    if (approval) out["approval"] = approval_json(*approval);
    return out;
}

ProgressCounts progress_of(const Counts& counts) {
    return {.total = counts.total - counts.of(State::kSkipped),
            .settled = counts.of(State::kAccepted) + counts.of(State::kRejected) +
                       counts.of(State::kInDoubt) + counts.of(State::kExpired),
            .deferred = counts.of(State::kDeferred),
            .rejected = counts.of(State::kRejected),
            .in_doubt = counts.of(State::kInDoubt)};
}

std::string label(const MailingKey& mailing, const ControlState& control) {
    return mailing.campaign + (control.control == Control::kHeld ? " (held)" : "");
}

// A second, or less where a signal comes.
void wait_a_second() {
    for (int i = 0; i < 20 && !StopSignal::raised(); ++i) {
        std::this_thread::sleep_for(Milliseconds(50));
    }
}

// Looks once a second until nothing more happens by itself, or a signal comes.
void watch(Invocation& invocation, const MailingKey& mailing, Ledger& ledger) {
    StopSignal stop;
    Progress progress(invocation.console, invocation.clock);
    while (!StopSignal::raised()) {
        Counts counts = ledger.counts(mailing);
        if (counts.finished()) return;
        progress.show(label(mailing, ledger.control(mailing)), progress_of(counts));
        wait_a_second();
    }
}

ExitCode status(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_look(workspace);
    auto mailings = asked_for(invocation, workspace, options.campaign, ledger.get());
    if (options.watch && ledger) watch(invocation, mailings.at(0), *ledger);
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    std::string text;
    for (const MailingKey& mailing : mailings) {
        Counts counts = ledger ? ledger->counts(mailing) : Counts{};
        ControlState control = ledger ? ledger->control(mailing) : ControlState{};
        FeedbackCounts feedback = ledger ? ledger->feedback_counts(mailing) : FeedbackCounts{};
        if (!counts.adds_up())
            throw LedgerError("the counts of " + mailing.campaign + " do not add up");
        auto approval =
            ledger ? approval_to_tell(workspace, mailing, *ledger) : std::optional<ApprovalState>();
        all.push_back(json_of(mailing, counts, feedback, approval));
        text += table(mailing.campaign, counts, control) + feedback_line(feedback);
        if (approval) text += approval_text(*approval, "  ");
    }
    if (invocation.globals.json) {
        invocation.console.out(one_line(options.campaign.empty() ? all : all.at(0)));
    } else {
        invocation.console.out(text.empty() ? "no campaign has been planned yet\n" : text);
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_status(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("status", "Counts by state, of one campaign or of all");
    auto* campaign = command->add_option("campaign", options->campaign, "Campaign file or id")
                         ->type_name("CAMPAIGN");
    command->add_flag("--watch", options->watch, "Show its progress until it is finished")
        ->needs(campaign);
    return {command, [options](Invocation& invocation) { return status(*options, invocation); }};
}

}  // namespace tocsin
