#include "cli/sending.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include "base/machine.h"
#include "base/text.h"
#include "cli/progress.h"
#include "cli/send_report.h"
#include "cli/stop_signal.h"
#include "delivery/approval.h"
#include "delivery/ask_again.h"
#include "delivery/begin_to_send.h"
#include "delivery/notify.h"
#include "delivery/open_signers.h"
#include "delivery/open_transport.h"
#include "delivery/run_notices.h"
#include "delivery/session_departures.h"
#include "delivery/witness_keeper.h"

namespace tocsin {
namespace {

constexpr std::size_t kShownRecipients = 3;

std::string owner() {
    return "process " + std::to_string(::getpid()) + " on " + host_name();
}

MailingNumbers numbers_of(const PlanInfo& plan) {
    return {plan.mailing.name(), static_cast<std::uint64_t>(plan.campaign_number),
            static_cast<std::uint64_t>(plan.list_number)};
}

std::unique_ptr<Composer> frozen_composer(const PlanInfo& plan, const Content& content) {
    Findings findings;
    auto composer = Composer::make(content, plan.columns, findings);
    // It was sound when it was frozen.
    if (!composer)
        throw LedgerError("the frozen content of " + plan.mailing.shown() + " does not load");
    return composer;
}

void tell_recovery(Invocation& invocation, const SendSession& session) {
    std::size_t in_doubt = session.recovery().in_doubt;
    if (in_doubt == 0) return;
    invocation.console.err("an earlier send died while " + counted(in_doubt, "mail") +
                           " could have left: held as in doubt\n");
}

// What a provider says of requests whose answers an earlier send has not seen.
void ask_provider_again(Invocation& invocation, Transport& transport, const std::string& name,
                        Ledger& ledger, const PlanInfo& plan) {
    const AskedAgain asked = ask_again(transport, name, ledger, plan, invocation.clock);
    if (asked.accepted + asked.rejected + asked.unclear == 0) return;
    invocation.console.err("asked `" + name + "` again about mails in doubt: " +
                           grouped(asked.accepted) + " accepted, " + grouped(asked.rejected) +
                           " rejected, " + grouped(asked.unclear) + " still in doubt\n");
}

// What the server lets the account send now.
Rates allowance(Transport& transport, const std::string& name) {
    try {
        return transport.allowance();
    } catch (const Unavailable& fault) {
        throw of_transport(name, fault);
    }
}

// How many mails a run can send.
std::size_t planned_for(const RunLimits& limits, const Counts& before) {
    std::size_t planned = before.of(State::kPlanned) + before.of(State::kDeferred);
    return limits.most ? std::min(*limits.most, planned) : planned;
}

// The same as ask_provider_again, where nothing else is left to send.
void ask_about_what_is_left(Invocation& invocation, const Workspace& workspace,
                            const PlanInfo& plan, Ledger& ledger) {
    const Content content = parse_content(plan.content);
    const TransportDefinition& definition = choose_transport(workspace, content.transport);
    if (!has_outstanding(workspace, definition.name)) return;
    demand_approval(workspace, plan, ledger);  // what never arrived is delivered by it
    UnwatchedDepartures nothing_departs;
    auto transport = open_transport(workspace, definition, content.from.address.domain(),
                                    invocation.clock, nothing_departs);
    ask_provider_again(invocation, *transport, definition.name, ledger, plan);
}

}  // namespace

Sending::Sending(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
                 OpenedLedger& opened)
    : invocation_(invocation),
      workspace_(workspace),
      plan_(plan),
      opened_(opened),
      content_(parse_content(plan.content)),
      composer_(frozen_composer(plan, content_)),
      definition_(choose_transport(workspace, content_.transport)),
      watch_(watch_unsubscribes(invocation, workspace, definition_)) {}

std::string Sending::introduction() {
    Ledger& ledger = *opened_.ledger;
    const Counts counts = ledger.counts(plan_.mailing);
    std::size_t left = counts.of(State::kPlanned) + counts.of(State::kDeferred);
    std::string text = plan_.mailing.shown() + ": " + counted(left, "mail") + " to send by `" +
                       definition_.name + "`\n  From     " + printable(content_.from.shown()) +
                       "\n";
    for (const RowReport& row : ledger.rows(plan_.mailing, State::kPlanned, kShownRecipients)) {
        std::string subject = composer_->renderer().render_subject(row.cells, {row.address, ""});
        text +=
            "  To       " + printable(row.address) + "\n  Subject  " + printable(subject) + "\n";
    }
    return text;
}

RunResult Sending::run(const RunLimits& limits, const Prepare& prepare) {
    RunResult result;
    try {
        result = hold_and_run(limits, prepare);
    } catch (const Unavailable& fault) {
        result.end = RunEnd::kUnusable;
        result.transport = definition_.name;
        result.message = fault.what();
        result.hint = fault.hint();
        tell(result);
        throw;
    }
    tell(result);
    return result;
}

void Sending::tell(const RunResult& result) {
    Notifier notifier(workspace_, *opened_.ledger, invocation_.clock);
    const Counts counts = opened_.ledger->counts(plan_.mailing);
    for (const Notice& notice : notices_of(plan_.mailing, result, counts)) {
        const std::string fault = notifier.tell(notice);
        if (!fault.empty()) invocation_.console.alert("tocsin: " + fault + "\n");
    }
}

RunResult Sending::hold_and_run(const RunLimits& limits, const Prepare& prepare) {
    Ledger& ledger = *opened_.ledger;
    const WallTime now = invocation_.clock.now();
    auto session = begin_to_send(workspace_, plan_, ledger, owner(), now);
    tell_recovery(invocation_, *session);
    prepare(*session);
    RunResult result = dispatch_witnessed(*session, limits);
    session.reset();
    if (result.end == RunEnd::kBreaker) {
        ledger.set_control(plan_.mailing, Control::kHeld, result.message, invocation_.clock.now());
    }
    return result;
}

// A send that no witness knows of could be repeated from an older copy of the ledger.
RunResult Sending::dispatch_witnessed(SendSession& session, RunLimits limits) {
    auto keeper = keep_witness(workspace_, invocation_.clock);
    if (!keeper) return dispatch(session, limits);
    keeper->begin();
    limits.lost = &keeper->lost();
    RunResult result = dispatch(session, limits);
    keeper->end();
    return result;
}

RunResult Sending::dispatch(SendSession& session, const RunLimits& limits) {
    const std::string& domain = content_.from.address.domain();
    SessionDepartures departures(session);
    auto transport = open_transport(workspace_, definition_, domain, invocation_.clock, departures);
    ask_provider_again(invocation_, *transport, definition_.name, *opened_.ledger, plan_);
    const DkimSigner signer = open_signers(workspace_, definition_, domain);
    if (watch_) watch_->start();
    const std::size_t most = planned_for(limits, opened_.ledger->counts(plan_.mailing));
    Dispatcher dispatcher(
        {session,
         *transport,
         rates(*transport),
         side_by_side(definition_),
         workspace_.breaker,
         {content_, plan_.columns, numbers_of(plan_), opened_.keys, signer, transport->form()},
         invocation_.clock},
        limits);
    return with_progress(dispatcher, most);
}

RunRates Sending::rates(Transport& transport) const {
    RunRates rates{definition_.name, definition_.limits, plan_.mailing.campaign, content_.rates};
    for (const Rate& rate : allowance(transport, definition_.name)) {
        rates.limits.rates.push_back(rate);
    }
    return rates;
}

RunResult Sending::with_progress(Dispatcher& dispatcher, std::size_t planned) {
    Progress progress(invocation_.console, invocation_.clock);
    bool told = false;
    return dispatcher.run([&](const RunResult& so_far) {
        if (!StopSignal::raised()) {
            progress.show(plan_.mailing.shown(), progress_of(so_far, planned));
        } else if (!std::exchange(told, true) && !invocation_.console.quiet()) {
            // The line of the terminal goes with it: a second Ctrl-C could not take it away.
            invocation_.console.err(
                "stopping when the mails under way are done; once more stops at once\n");
        }
    });
}

void finish_what_is_left(Invocation& invocation, const Workspace& workspace, const PlanInfo& plan,
                         Ledger& ledger) {
    try {
        WallTime now = invocation.clock.now();
        auto session = ledger.begin_send(plan.mailing, owner(), now);
        session->settle_suppressions(true, now);
        if (ledger.counts(plan.mailing).of(State::kInDoubt) == 0) return;
        ask_about_what_is_left(invocation, workspace, plan, ledger);
    } catch (const Busy&) {
        // Whoever has it does so.
    }
}

}  // namespace tocsin
