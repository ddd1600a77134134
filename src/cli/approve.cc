// `tocsin approve`: says yes to exactly what is planned.
#include <functional>
#include <memory>
#include <pwd.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/approval_text.h"
#include "cli/approve_series.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "cli/plan_text.h"
#include "delivery/control.h"
#include "delivery/difference.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestName = 200;

struct Options {
    std::string campaign;
    std::string by;
    bool skip_invalid = false;
    bool skip_broken = false;

    GivenMailing given() const { return GivenMailing::parse(campaign); }
    SurveyOptions survey() const { return {skip_invalid, skip_broken, false}; }
};

// The full name of the account, else its login.
std::string user_name() {
    const passwd* user = ::getpwuid(::getuid());
    if (user == nullptr) return "user " + std::to_string(::getuid());
    std::string full = user->pw_gecos != nullptr ? user->pw_gecos : "";
    full = std::string(trim(full.substr(0, full.find(','))));
    return full.empty() ? user->pw_name : full;
}

std::string approver(const Options& options) {
    std::string name(trim(options.by.empty() ? user_name() : options.by));
    if (name.empty() || name.size() > kLongestName || has_control(name) || invalid_utf8(name)) {
        throw UsageError("--by takes a name of one line, at most " + std::to_string(kLongestName) +
                         " bytes of UTF-8");
    }
    return name;
}

// Somebody looked at files that are others now: what they would approve is not what they saw.
void demand_unchanged(Invocation& invocation, const Workspace& workspace, const Options& options,
                      const PlanInfo& plan, Ledger& ledger) {
    std::vector<std::string> lines;
    if (!changed_files(workspace, plan).empty()) {
        auto now = load_whole_campaign(invocation, workspace, options.given().campaign);
        lines = differences(workspace, plan, *now, ledger);
    }
    for (std::string& line : changed_settings(workspace, plan)) lines.push_back(std::move(line));
    if (lines.empty()) return;
    const std::string id = plan.mailing.shown();
    invocation.console.err("since " + id + " was planned:\n" + bullets(lines));
    throw Refused("changed since the plan: nothing was approved",
                  "`tocsin plan " + id + "` plans it as it is now, to be looked at again");
}

PlanInfo plan_to_approve(Invocation& invocation, const Workspace& workspace, const Options& options,
                         Ledger& ledger) {
    const MailingKey mailing = mailing_to_control(invocation, workspace, options.campaign, &ledger);
    refuse_cancelled(ledger, mailing);
    if (auto plan = ledger.plan(mailing)) {
        // Once mails are out, the frozen plan is what goes on.
        if (!plan->started) demand_unchanged(invocation, workspace, options, *plan, ledger);
        return *plan;
    }
    auto loaded = load_whole_campaign(invocation, workspace, options.given().campaign);
    PlanReport report =
        plan_or_report(invocation, workspace, *loaded, ledger,
                       {.occurrence = mailing.occurrence, .survey = options.survey()});
    if (!invocation.console.quiet()) invocation.console.err(plan_text(report));
    return std::move(report.plan);
}

// What one looks at before saying yes.
std::string introduction(const PlanInfo& plan, const std::string& hash, Ledger& ledger) {
    const Content content = parse_content(plan.content);
    const Counts counts = ledger.counts(plan.mailing);
    std::size_t left = counts.of(State::kPlanned) + counts.of(State::kDeferred);
    std::string text = plan.mailing.shown() + ": " + counted(left, "mail") + " to send, " +
                       grouped(counts.of(State::kSkipped)) + " skipped\n  From     " +
                       printable(content.from.shown()) + "\n";
    Findings findings;
    auto renderer = Renderer::make(content, plan.columns, findings);
    for (const RowReport& row : ledger.rows(plan.mailing, State::kPlanned, 1)) {
        if (!renderer) break;
        text += "  Subject  " + printable(renderer->render_subject(row.cells, {row.address, ""})) +
                "\n";
    }
    return text + "  Hash     " + short_hash(hash) + "\n";
}

// Of a series, or of a plan: the same steps.
struct Approvable {
    MailingKey mailing;
    std::string hash;
    std::function<ApprovalState()> state;
    std::function<std::string()> introduction;
    std::function<void(const std::string& by)> approve;
};

Approvable of_plan(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
                   Ledger& ledger) {
    const std::string hash = hash_of(parts_to_approve(workspace, plan));
    return {plan.mailing, hash, [&, plan] { return approval_of(workspace, plan, ledger); },
            [&, plan, hash] { return introduction(plan, hash, ledger); },
            [&, plan](const std::string& by) {
                tocsin::approve(workspace, plan, ledger, by, invocation.clock.now());
            }};
}

Approvable of_series(Invocation& invocation, const Workspace& workspace, const Options& options,
                     Ledger& ledger) {
    auto series = std::make_shared<SeriesToApprove>(
        survey_series(invocation, workspace, options.given().campaign, options.survey(), ledger));
    const Content& content = series->loaded->content;
    return {{content.campaign, ""},
            series->hash,
            [&, series] { return approval_of_series(workspace, series->loaded->content, ledger); },
            [series] { return series->introduction; },
            [&, series](const std::string& by) {
                approve_series(workspace, series->loaded->content, ledger, by,
                               invocation.clock.now());
            }};
}

Approvable to_approve(Invocation& invocation, const Workspace& workspace, const Options& options,
                      Ledger& ledger) {
    const GivenMailing given = options.given();
    if (given.occurrence.empty() && recurrence_of(workspace, given.campaign)) {
        return of_series(invocation, workspace, options, ledger);
    }
    return of_plan(invocation, workspace, plan_to_approve(invocation, workspace, options, ledger),
                   ledger);
}

bool is_approved_by(const std::string& name, const ApprovalState& state) {
    if (state.kind != ApprovalState::Kind::kGiven) return false;
    return std::any_of(state.approvals.begin(), state.approvals.end(),
                       [&](const Approval& approval) { return approval.by == name; });
}

void tell(Invocation& invocation, const Approvable& one) {
    const ApprovalState state = one.state();
    if (invocation.globals.json) {
        nlohmann::ordered_json out = json_of(one.mailing);
        out["hash"] = one.hash;
        out["approval"] = approval_json(state);
        invocation.console.out(one_line(out));
    } else if (!invocation.console.quiet()) {
        invocation.console.out(one.mailing.shown() + " " + short_hash(one.hash) + "\n" +
                               approval_text(state, "  "));
    }
}

ExitCode approve(const Options& options, Invocation& invocation) {
    const std::string name = approver(options);
    Workspace workspace = load_workspace(invocation);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    warn_of_untold_entries(*opened.ledger);
    const Approvable one = to_approve(invocation, workspace, options, *opened.ledger);
    if (!is_approved_by(name, one.state())) {
        Console& console = invocation.console;
        if (!console.quiet()) console.err(one.introduction());
        if (console.interactive() && !console.confirm("Approve this as " + name + "?")) {
            throw Refused("not confirmed: nothing was approved");
        }
        one.approve(name);
    }
    tell(invocation, one);
    return ExitCode::kOk;
}

}  // namespace

Command add_approve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "approve", "Say yes to exactly what is planned, or to a recurring campaign");
    take_mailing(*command, options->campaign)->required();
    command->add_option("--by", options->by, "Who approves it; without, the user's name")
        ->type_name("NAME");
    command->add_flag("--skip-invalid", options->skip_invalid,
                      "Where it is planned: leave bad rows out");
    command->add_flag("--skip-broken", options->skip_broken,
                      "Where it is planned: leave people out whose mail cannot be rendered");
    return {command, [options](Invocation& invocation) { return approve(*options, invocation); }};
}

}  // namespace tocsin
