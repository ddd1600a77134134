// `tocsin resolve`: who is in doubt, what feedback and a relay's logs say of them, and what becomes
// of the rest.
#include <algorithm>
#include <unistd.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "cli/resolve_report.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::string in_doubt;
    std::vector<std::filesystem::path> logs;
    bool yes = false;
};

// Only logs need them: to list who is in doubt one must not have the secret.
std::optional<KeyRing> keys_for(Invocation& invocation, const Workspace& workspace,
                                const Options& options) {
    try {
        return keys_to_look(workspace);
    } catch (const Error& error) {
        if (!options.logs.empty()) throw;
        invocation.console.err("without Message-IDs: " + std::string(error.what()) + "\n");
        return std::nullopt;
    }
}

Resolution resolution_of(const std::string& word) {
    for (Resolution resolution : {Resolution::kHold, Resolution::kResend, Resolution::kAccept}) {
        if (word == name(resolution)) return resolution;
    }
    throw UsageError("--in-doubt takes hold, resend or accept");
}

class Resolver {
  public:
    Resolver(Invocation& invocation, Ledger& ledger, const PlanInfo& plan, const KeyRing* keys)
        : invocation_(invocation), ledger_(ledger), mailing_(plan.mailing) {
        report_.mailing = mailing_;
        report_.left = find_doubts(ledger, plan, keys);
    }

    void look_into_feedback() {
        search_feedback(report_.left, ledger_, mailing_);
        accept_if([](const Doubt& doubt) { return !doubt.told.empty(); }, "feedback");
    }

    void search(const std::vector<std::filesystem::path>& logs) {
        search_logs(report_.left, logs, invocation_.clock.now());
        report_.searched = true;
        accept_if([](const Doubt& doubt) { return doubt.trace.taken; }, "relay log");
    }

    void decide(Resolution resolution, bool yes) {
        if (report_.left.empty()) return;
        if (resolution == Resolution::kResend && !yes) confirm();
        apply(report_.left, resolution, "command line");
        if (resolution != Resolution::kHold) report_.left.clear();
    }

    const ResolveReport& report() const { return report_; }

  private:
    template <class Is>
    void accept_if(Is is_accepted, const char* source) {
        auto& left = report_.left;
        auto taken = std::stable_partition(left.begin(), left.end(),
                                           [&](const Doubt& doubt) { return !is_accepted(doubt); });
        std::vector<Doubt> found(std::make_move_iterator(taken),
                                 std::make_move_iterator(left.end()));
        left.erase(taken, left.end());
        apply(found, Resolution::kAccept, source);
    }

    void confirm() {
        Console& console = invocation_.console;
        if (!console.interactive()) {
            throw Refused("not confirmed: there is no terminal to ask at", "--yes says yes");
        }
        std::string what = "Send " + counted(report_.left.size(), "mail") +
                           " again? Whoever has got it gets it twice.";
        if (!console.confirm(what)) throw Refused("not confirmed: they stay in doubt");
    }

    void apply(const std::vector<Doubt>& doubts, Resolution resolution, const char* source) {
        std::vector<Verdict> verdicts;
        for (const Doubt& doubt : doubts)
            verdicts.push_back({doubt.row.id, resolution, doubt.evidence()});
        if (!verdicts.empty()) ledger_.resolve(mailing_, verdicts, source, invocation_.clock.now());
        for (const Doubt& doubt : doubts)
            report_.resolved.push_back({doubt.row.address, resolution, doubt.evidence()});
    }

    Invocation& invocation_;
    Ledger& ledger_;
    MailingKey mailing_;
    ResolveReport report_;
};

ExitCode resolve(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto ledger = open_ledger_to_look(workspace);
    const MailingKey mailing =
        mailing_to_look_at(invocation, workspace, options.campaign, ledger.get());
    auto plan = ledger ? ledger->plan(mailing) : std::nullopt;
    if (!plan) return report_resolve(invocation, {mailing, {}, {}, false});
    std::string owner = "process " + std::to_string(::getpid()) + ", which looks who is in doubt,";
    ledger->recover(mailing, owner, invocation.clock.now());
    auto keys = keys_for(invocation, workspace, options);
    Resolver resolver(invocation, *ledger, *plan, keys ? &*keys : nullptr);
    resolver.look_into_feedback();
    if (!options.logs.empty()) resolver.search(options.logs);
    if (!options.in_doubt.empty()) resolver.decide(resolution_of(options.in_doubt), options.yes);
    return report_resolve(invocation, resolver.report());
}

}  // namespace

Command add_resolve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("resolve", "List who is in doubt, and decide what becomes of them");
    take_mailing(*command, options->campaign)->required();
    command
        ->add_option("--relay-log", options->logs,
                     "Accept those whose mail a log of Postfix, Exim or OpenSMTPD has; may be .gz")
        ->type_name("FILE");
    command->add_option("--in-doubt", options->in_doubt, "What becomes of the rest")
        ->type_name("hold|resend|accept")
        ->check(CLI::IsMember({"hold", "resend", "accept"}));
    command->add_flag("--yes", options->yes, "Do not ask before mailing somebody again");
    return {command, [options](Invocation& invocation) { return resolve(*options, invocation); }};
}

}  // namespace tocsin
