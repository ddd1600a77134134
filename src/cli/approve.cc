// `tocsin approve`: says yes to exactly what is planned.
#include <pwd.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/approval_text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/plan_text.h"
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
        auto now = load_whole_campaign(invocation, workspace, options.campaign);
        lines = differences(workspace, plan, *now, ledger);
    }
    for (std::string& line : changed_settings(workspace, plan)) lines.push_back(std::move(line));
    if (lines.empty()) return;
    const std::string& id = plan.mailing.campaign;
    invocation.console.err("since " + id + " was planned:\n" + bullets(lines));
    throw Refused("changed since the plan: nothing was approved",
                  "`tocsin plan " + id + "` plans it as it is now, to be looked at again");
}

PlanInfo plan_to_approve(Invocation& invocation, const Workspace& workspace, const Options& options,
                         Ledger& ledger) {
    const MailingKey mailing{campaign_id(invocation, workspace, options.campaign), ""};
    const ControlState control = ledger.control(mailing);
    if (control.control == Control::kCancelled) {
        throw Refused(mailing.campaign + " is cancelled", "a new id makes a new mailing");
    }
    if (auto plan = ledger.plan(mailing)) {
        // Once mails are out, the frozen plan is what goes on.
        if (!plan->started) demand_unchanged(invocation, workspace, options, *plan, ledger);
        return *plan;
    }
    auto loaded = load_whole_campaign(invocation, workspace, options.campaign);
    PlanReport report = plan_or_report(invocation, workspace, *loaded, ledger, PlanKind::kNew,
                                       {options.skip_invalid, options.skip_broken, false});
    if (!invocation.console.quiet()) invocation.console.err(plan_text(report));
    return std::move(report.plan);
}

// What one looks at before saying yes.
std::string introduction(const PlanInfo& plan, const std::string& hash, Ledger& ledger) {
    const Content content = parse_content(plan.content);
    const Counts counts = ledger.counts(plan.mailing);
    std::size_t left = counts.of(State::kPlanned) + counts.of(State::kDeferred);
    std::string text = plan.mailing.campaign + ": " + counted(left, "mail") + " to send, " +
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

bool is_approved_by(const std::string& name, const Workspace& workspace, const PlanInfo& plan,
                    Ledger& ledger) {
    const ApprovalState state = approval_of(workspace, plan, ledger);
    if (state.kind != ApprovalState::Kind::kGiven) return false;
    return std::any_of(state.approvals.begin(), state.approvals.end(),
                       [&](const Approval& approval) { return approval.by == name; });
}

void tell(Invocation& invocation, const PlanInfo& plan, const std::string& hash,
          const ApprovalState& state) {
    const std::string& id = plan.mailing.campaign;
    if (invocation.globals.json) {
        nlohmann::ordered_json out = {{"campaign", id}, {"hash", hash}};
        out["approval"] = approval_json(state);
        invocation.console.out(one_line(out));
    } else if (!invocation.console.quiet()) {
        invocation.console.out(id + " " + short_hash(hash) + "\n" + approval_text(state, "  "));
    }
}

ExitCode approve(const Options& options, Invocation& invocation) {
    const std::string name = approver(options);
    Workspace workspace = load_workspace(invocation);
    OpenedLedger opened = open_ledger(workspace, invocation.globals.new_ledger);
    warn_of_untold_entries(*opened.ledger);
    const PlanInfo plan = plan_to_approve(invocation, workspace, options, *opened.ledger);
    const std::string hash = hash_of(parts_to_approve(workspace, plan));
    if (!is_approved_by(name, workspace, plan, *opened.ledger)) {
        Console& console = invocation.console;
        if (!console.quiet()) console.err(introduction(plan, hash, *opened.ledger));
        if (console.interactive() && !console.confirm("Approve this as " + name + "?")) {
            throw Refused("not confirmed: nothing was approved");
        }
        tocsin::approve(workspace, plan, *opened.ledger, name, invocation.clock.now());
    }
    tell(invocation, plan, hash, approval_of(workspace, plan, *opened.ledger));
    return ExitCode::kOk;
}

}  // namespace

Command add_approve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("approve", "Say yes to exactly what is planned");
    take_campaign(*command, options->campaign);
    command->add_option("--by", options->by, "Who approves it; without, the user's name")
        ->type_name("NAME");
    command->add_flag("--skip-invalid", options->skip_invalid,
                      "Where it is planned: leave bad rows out");
    command->add_flag("--skip-broken", options->skip_broken,
                      "Where it is planned: leave people out whose mail cannot be rendered");
    return {command, [options](Invocation& invocation) { return approve(*options, invocation); }};
}

}  // namespace tocsin
