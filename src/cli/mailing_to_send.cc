#include "cli/mailing_to_send.h"

#include <algorithm>

#include "base/error.h"
#include "calendar/latest_due.h"
#include "cli/load.h"
#include "delivery/control.h"

namespace tocsin {
namespace {

bool is_over(Ledger& ledger, const MailingKey& mailing) {
    if (control_of(ledger, mailing).state.control == Control::kCancelled) return true;
    return ledger.plan(mailing) && ledger.counts(mailing).finished();
}

// Also of a name that the schedule has no more.
bool has_come(const Schedule& schedule, const std::string& occurrence, WallTime now) {
    auto local = parse_local(occurrence);
    return local && earliest_due(schedule, *local) <= now;
}

[[noreturn]] void refuse_early(const std::string& campaign, const Schedule& schedule,
                               WallTime now) {
    auto next = next_occurrence(schedule, now);
    if (!next) throw Refused("nothing of " + campaign + " is left to send", "it has ended");
    const std::string name = MailingKey{campaign, next->name}.shown();
    throw Refused("nothing of " + campaign + " is left to send before its next occurrence",
                  "`tocsin send " + name + "` does not wait for it");
}

MailingKey latest(const std::string& campaign, const Schedule& schedule, Ledger& ledger,
                  WallTime now) {
    refuse_cancelled(ledger, {campaign, ""});
    auto due = latest_due(schedule, now);
    if (due && !is_over(ledger, {campaign, due->name})) return {campaign, due->name};
    auto planned = planned_occurrences(&ledger, campaign);
    std::ranges::reverse(planned);
    for (const MailingKey& mailing : planned) {
        if (!has_come(schedule, mailing.occurrence, now)) continue;
        if (!is_over(ledger, mailing)) return mailing;
    }
    refuse_early(campaign, schedule, now);
}

}  // namespace

MailingKey mailing_to_send(Invocation& invocation, const Workspace& workspace,
                           const std::string& given, Ledger& ledger) {
    const auto parsed = GivenMailing::parse(given);
    if (!parsed.occurrence.empty()) {
        return mailing_to_control(invocation, workspace, given, &ledger);
    }
    const std::string id = campaign_id(invocation, workspace, parsed.campaign);
    auto schedule = recurrence_of(workspace, parsed.campaign);
    if (!schedule) return {id, ""};
    return latest(id, *schedule, ledger, invocation.clock.now());
}

std::string shown_if_early(Invocation& invocation, const Workspace& workspace,
                           const std::string& given, const MailingKey& mailing) {
    auto local = parse_local(mailing.occurrence);
    auto schedule = recurrence_of(workspace, GivenMailing::parse(given).campaign);
    if (!local || !schedule) return "";
    const WallTime due = earliest_due(*schedule, *local);
    return due <= invocation.clock.now() ? "" : "  Due      " + iso8601(due) + "\n";
}

}  // namespace tocsin
