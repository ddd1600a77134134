// `tocsin status`: counts by state.
#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "base/text.h"
#include "cli/approval_text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "delivery/control.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostOccurrences = 10;

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

std::string heading(const MailingKey& mailing, const ControlState& control) {
    std::string text = mailing.shown();
    if (control.control == Control::kHeld) text += "  (held";
    if (control.control == Control::kCancelled) text += "  (cancelled";
    if (control.control == Control::kOpen) return text + "\n";
    return text + (control.reason.empty() ? "" : ": " + printable(control.reason)) + ")\n";
}

std::string table(const MailingKey& mailing, const Counts& counts, const ControlState& control) {
    std::string text = heading(mailing, control);
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
                                  const std::string& given, Ledger* ledger) {
    if (!given.empty()) return mailings_to_count(invocation, workspace, given, ledger);
    return ledger != nullptr ? ledger->mailings() : std::vector<MailingKey>{};
}

nlohmann::ordered_json json_of(const MailingKey& mailing, const Counts& counts,
                               const FeedbackCounts& feedback,
                               const std::optional<ApprovalState>& approval) {
    nlohmann::ordered_json out = tocsin::json_of(mailing);
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
    return mailing.shown() + (control.control == Control::kHeld ? " (held)" : "");
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
        progress.show(label(mailing, control_of(ledger, mailing).state), progress_of(counts));
        wait_a_second();
    }
}

struct Told {
    nlohmann::ordered_json json;
    std::string text;
};

Told tell(const Workspace& workspace, const MailingKey& mailing, Ledger* ledger) {
    if (ledger == nullptr) {
        return {json_of(mailing, {}, {}, std::nullopt), table(mailing, {}, {})};
    }
    const Counts counts = ledger->counts(mailing);
    if (!counts.adds_up()) throw LedgerError("the counts of " + mailing.shown() + " do not add up");
    const FeedbackCounts feedback = ledger->feedback_counts(mailing);
    const auto approval = approval_to_tell(workspace, mailing, *ledger);
    std::string text = table(mailing, counts, control_of(*ledger, mailing).state);
    text += feedback_line(feedback);
    if (approval) text += approval_text(*approval, "  ");
    return {json_of(mailing, counts, feedback, approval), text};
}

// Which of them are shown: of a campaign that recurs for years its latest.
std::set<MailingKey> latest_of_each(const std::vector<MailingKey>& mailings) {
    std::map<std::string, std::set<MailingKey>> by_campaign;
    for (const MailingKey& mailing : mailings) {
        auto& latest = by_campaign[mailing.campaign];
        latest.insert(mailing);
        if (latest.size() > kMostOccurrences) latest.erase(latest.begin());
    }
    std::set<MailingKey> shown;
    for (auto& [campaign, latest] : by_campaign) shown.merge(latest);
    return shown;
}

std::string text_of(const Workspace& workspace, const std::vector<MailingKey>& mailings,
                    Ledger* ledger) {
    const std::set<MailingKey> shown = latest_of_each(mailings);
    std::string text;
    if (shown.size() < mailings.size()) {
        text = grouped(mailings.size() - shown.size()) +
               " earlier ones are not shown: --json has all\n";
    }
    for (const MailingKey& mailing : mailings) {
        if (shown.contains(mailing)) text += tell(workspace, mailing, ledger).text;
    }
    return text;
}

// An object where one mailing was asked for, as ever.
nlohmann::ordered_json json_of(const Workspace& workspace, const std::vector<MailingKey>& mailings,
                               Ledger* ledger, bool one) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const MailingKey& mailing : mailings) {
        all.push_back(tell(workspace, mailing, ledger).json);
    }
    return one ? all.at(0) : all;
}

std::string nothing(Invocation& invocation, const Workspace& workspace, const Options& options,
                    Ledger* ledger) {
    if (options.campaign.empty()) return "no campaign has been planned yet\n";
    const MailingKey series{campaign_id(invocation, workspace, options.campaign), ""};
    const ControlState control = ledger != nullptr ? ledger->control(series) : ControlState{};
    return heading(series, control) + "  no occurrence is planned yet\n";
}

ExitCode status(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_look(workspace);
    const auto mailings = asked_for(invocation, workspace, options.campaign, ledger.get());
    const bool recurs = std::ranges::any_of(
        mailings, [](const MailingKey& mailing) { return !mailing.occurrence.empty(); });
    const bool named = !GivenMailing::parse(options.campaign).occurrence.empty();
    const bool one = !options.campaign.empty() && !mailings.empty() && (!recurs || named);
    if (options.watch && ledger && !mailings.empty()) {
        watch(invocation, mailings.back(), *ledger);
    }
    if (invocation.globals.json) {
        invocation.console.out(one_line(json_of(workspace, mailings, ledger.get(), one)));
        return ExitCode::kOk;
    }
    const std::string text = text_of(workspace, mailings, ledger.get());
    invocation.console.out(text.empty() ? nothing(invocation, workspace, options, ledger.get())
                                        : text);
    return ExitCode::kOk;
}

}  // namespace

Command add_status(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("status", "Counts by state, of one campaign or of all");
    auto* campaign = take_mailing(*command, options->campaign);
    command->add_flag("--watch", options->watch, "Show its progress until it is finished")
        ->needs(campaign);
    return {command, [options](Invocation& invocation) { return status(*options, invocation); }};
}

}  // namespace tocsin
