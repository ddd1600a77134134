#include "cli/send_plan.h"

#include "cli/load.h"
#include "cli/mailing_to_send.h"
#include "cli/plan_text.h"
#include "delivery/difference.h"

namespace tocsin {
namespace {

class PlanChooser {
  public:
    PlanChooser(Invocation& invocation, const Workspace& workspace, const std::string& given,
                const PlanChoice& choice, Ledger& ledger)
        : invocation_(invocation),
          workspace_(workspace),
          given_(given),
          choice_(choice),
          ledger_(ledger),
          mailing_(mailing_to_send(invocation, workspace, given, ledger)) {}

    PlanInfo choose() {
        auto plan = ledger_.plan(mailing_);
        if (!plan || choice_.replan) return write(PlanKind::kNew);
        if (choice_.top_up) return write(PlanKind::kTopUp);
        plan->started ? tell_difference(*plan) : demand_no_difference(*plan);
        return *plan;
    }

  private:
    std::unique_ptr<LoadedCampaign> load() {
        return load_whole_campaign(invocation_, workspace_, GivenMailing::parse(given_).campaign);
    }

    PlanInfo write(PlanKind kind) {
        auto loaded = load();
        // Whether the campaign still has it, where the ledger does not tell.
        mailing_to_plan(loaded->campaign, mailing_.occurrence, invocation_.clock.now());
        SurveyOptions options{choice_.skip_invalid, choice_.skip_broken, false};
        PlanReport report =
            plan_or_report(invocation_, workspace_, *loaded, ledger_,
                           {.kind = kind, .occurrence = mailing_.occurrence, .survey = options});
        Console& console = invocation_.console;
        if (!console.quiet() && kind == PlanKind::kNew) console.err(plan_text(report));
        return std::move(report.plan);
    }

    void demand_no_difference(const PlanInfo& plan) {
        if (choice_.as_planned || changed_files(workspace_, plan).empty()) return;
        auto now = load();
        auto lines = differences(workspace_, plan, *now, ledger_);
        if (lines.empty()) return;
        invocation_.console.err("since " + mailing_.shown() + " was planned:\n" + bullets(lines));
        const std::string approve = workspace_.approval_required ? ", to be approved anew" : "";
        throw Refused("changed since the plan", "--replan takes the campaign as it is now" +
                                                    approve +
                                                    ", --as-planned sends what was planned");
    }

    void tell_difference(const PlanInfo& plan) {
        auto lines = changed_files(workspace_, plan);
        if (lines.empty() || invocation_.console.quiet()) return;
        invocation_.console.err("the plan of " + mailing_.shown() +
                                " is finished as it was frozen, although:\n" + bullets(lines));
    }

    Invocation& invocation_;
    const Workspace& workspace_;
    const std::string& given_;
    const PlanChoice& choice_;
    Ledger& ledger_;
    MailingKey mailing_;
};

}  // namespace

PlanInfo plan_to_send(Invocation& invocation, const Workspace& workspace, const std::string& given,
                      const PlanChoice& choice, Ledger& ledger) {
    return PlanChooser(invocation, workspace, given, choice, ledger).choose();
}

}  // namespace tocsin
