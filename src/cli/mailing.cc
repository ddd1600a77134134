#include "cli/mailing.h"

#include <algorithm>

#include "base/error.h"
#include "campaign/find.h"
#include "campaign/read.h"
#include "cli/load.h"

namespace tocsin {
namespace {

bool is_rest_of_path(const std::string& text) {
    return text.find('/') != text.npos || text.ends_with(".yaml") || text.ends_with(".yml");
}

[[noreturn]] void refuse_occurrence(const std::string& campaign, const std::string& occurrence,
                                    const Schedule& schedule, WallTime after) {
    auto next = next_occurrence(schedule, after);
    throw UsageError(campaign + " has no occurrence " + occurrence,
                     next ? "the next one is " + MailingKey{campaign, next->name}.shown()
                          : "its `not_after` has ended them");
}

[[noreturn]] void refuse_any_occurrence(const std::string& campaign) {
    throw UsageError(campaign + " has no occurrences: its `schedule` has no `every`",
                     "name it without `@`");
}

void demand_occurrence(const Schedule& schedule, const MailingKey& mailing, WallTime now) {
    if (find_occurrence(schedule, mailing.occurrence)) return;
    refuse_occurrence(mailing.campaign, mailing.occurrence, schedule, now);
}

bool is_planned(Ledger* ledger, const MailingKey& mailing) {
    return ledger != nullptr && ledger->plan(mailing).has_value();
}

// One that is named in full. Where the file does not tell, the ledger must know the campaign.
MailingKey one_occurrence(Invocation& invocation, const Workspace& workspace,
                          const GivenMailing& given, Ledger* ledger) {
    const MailingKey mailing{campaign_id(invocation, workspace, given.campaign), given.occurrence};
    if (is_planned(ledger, mailing)) return mailing;
    auto schedule = recurrence_of(workspace, given.campaign);
    if (schedule) {
        demand_occurrence(*schedule, mailing, invocation.clock.now());
    } else if (planned_occurrences(ledger, mailing.campaign).empty()) {
        find_campaign(workspace, given.campaign);  // MissingInput
        refuse_any_occurrence(mailing.campaign);
    }
    return mailing;
}

}  // namespace

GivenMailing GivenMailing::parse(const std::string& given) {
    const std::size_t at = given.rfind('@');
    if (at == given.npos || is_rest_of_path(given.substr(at + 1))) return {given, ""};
    auto time = parse_local(given.substr(at + 1));
    if (!time) {
        throw UsageError("`" + given.substr(at + 1) + "` is the time of no occurrence",
                         "they are called like " + given.substr(0, at) + "@2026-12-07T09:00");
    }
    return {given.substr(0, at), shown(*time)};
}

std::optional<Schedule> recurrence_of(const Campaign& campaign) {
    if (!campaign.schedule || !campaign.schedule->schedule.every) return std::nullopt;
    return campaign.schedule->schedule;
}

std::optional<Schedule> recurrence_of(const Workspace& workspace, const std::string& campaign) {
    try {
        Findings ignored;
        auto read = read_campaign_partly(find_campaign(workspace, campaign), workspace, ignored);
        return read ? recurrence_of(*read) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::vector<MailingKey> planned_occurrences(Ledger* ledger, const std::string& campaign) {
    std::vector<MailingKey> found;
    if (ledger == nullptr) return found;
    std::ranges::copy_if(ledger->mailings(), std::back_inserter(found), [&](const MailingKey& one) {
        return one.campaign == campaign && !one.occurrence.empty();
    });
    std::ranges::sort(found);
    return found;
}

MailingKey mailing_to_control(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger) {
    const auto parsed = GivenMailing::parse(given);
    if (!parsed.occurrence.empty()) return one_occurrence(invocation, workspace, parsed, ledger);
    return {known_campaign_id(invocation, workspace, parsed.campaign, ledger), ""};
}

std::vector<MailingKey> mailings_to_count(Invocation& invocation, const Workspace& workspace,
                                          const std::string& given, Ledger* ledger) {
    const MailingKey named = mailing_to_control(invocation, workspace, given, ledger);
    if (!named.occurrence.empty()) return {named};
    auto occurrences = planned_occurrences(ledger, named.campaign);
    // Before it recurred, or after.
    if (is_planned(ledger, named)) occurrences.insert(occurrences.begin(), named);
    if (!occurrences.empty() || recurrence_of(workspace, given)) return occurrences;
    return {named};
}

MailingKey mailing_to_look_at(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger) {
    const MailingKey named = mailing_to_control(invocation, workspace, given, ledger);
    if (!named.occurrence.empty()) return named;
    const auto occurrences = planned_occurrences(ledger, named.campaign);
    if (occurrences.empty()) return named;
    if (is_planned(ledger, named) && !recurrence_of(workspace, given)) return named;
    return occurrences.back();
}

MailingKey mailing_to_plan(const Campaign& campaign, const std::string& occurrence, WallTime now) {
    auto schedule = recurrence_of(campaign);
    if (!schedule) {
        if (!occurrence.empty()) refuse_any_occurrence(campaign.id);
        return {campaign.id, ""};
    }
    if (!occurrence.empty()) {
        demand_occurrence(*schedule, {campaign.id, occurrence}, now);
        return {campaign.id, occurrence};
    }
    auto next = next_occurrence(*schedule, now);
    if (!next) {
        throw Refused(campaign.id + " has no more occurrences: its `not_after` has ended them",
                      "`" + campaign.id + "@TIME` names an earlier one");
    }
    return {campaign.id, next->name};
}

}  // namespace tocsin
