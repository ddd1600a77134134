#include "delivery/check_schedule.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/text.h"
#include "delivery/content_facts.h"
#include "delivery/next_run.h"

namespace tocsin {
namespace {

using std::chrono::floor;
using std::chrono::seconds;

RunRates rates_of(const Workspace& workspace, const Campaign& campaign) {
    const std::string& name =
        campaign.transport ? campaign.transport->text : workspace.default_transport;
    auto transport = workspace.transports.find(name);
    RunRates rates{name, {}, campaign.id, campaign.rates};
    if (transport != workspace.transports.end()) rates.limits = transport->second.limits;
    return rates;
}

std::size_t all_of(const MailsByGroup& mails) {
    std::int64_t all = 0;
    for (const auto& [group, count] : mails) all += count;
    return static_cast<std::size_t>(all);
}

// " at 20/h", where nothing else holds.
std::string shown_limits(const RunRates& rates, const DomainGroups& groups,
                         const MailsByGroup& mails) {
    bool has_others = rates.limits.warm_up || std::ranges::any_of(mails, [&](const auto& entry) {
                          return !groups.rates(entry.first).empty();
                      });
    if (has_others) return " at the present limits";
    const std::string transport = shown_rates(rates.limits.rates);
    const std::string campaign = shown_rates(rates.rates);
    return " at " + transport + (transport.empty() || campaign.empty() ? "" : " and ") + campaign;
}

std::string length_of(WallTime from, WallTime to) {
    return shown_duration(floor<seconds>(to - from));
}

// "from 2026-12-01 09:00 to 2026-12-02 18:00 there are 33 h 0 min, of which `window` leaves 18 h"
std::string shown_times(const Schedule& schedule, const NextRun& run,
                        const std::vector<OpenTime>& open) {
    std::string text = "from " + shown_in(schedule.zone, run.begin) + " to " +
                       shown_in(schedule.zone, run.end) + " there are " +
                       length_of(run.begin, run.end);
    Milliseconds sum{0};
    for (const OpenTime& time : open) sum += time.to - time.from;
    if (sum == run.end - run.begin) return text;
    const std::string leaves = schedule.window && !schedule.days.all() ? " leave " : " leaves ";
    return text + ", of which " + openings_of(schedule) + leaves +
           shown_duration(floor<seconds>(sum));
}

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
    return count == 1 ? "1 " + one : grouped(count) + " " + many;
}

}  // namespace

ScheduleCheck::ScheduleCheck(const Workspace& workspace, const Campaign& campaign)
    : campaign_(campaign),
      grace_(workspace.schedule.grace),
      rates_(rates_of(workspace, campaign)),
      groups_(rates_.limits.domains, 1) {}

const Schedule* ScheduleCheck::schedule() const {
    return campaign_.schedule ? &campaign_.schedule->schedule : nullptr;
}

void ScheduleCheck::count(const PlanRow& row) {
    if (schedule() == nullptr || row.skip != SkipReason::kNone) return;
    ++mails_[groups_.of(std::string_view(row.key).substr(row.key.rfind('@') + 1))];
}

void ScheduleCheck::report(WallTime now, Findings& findings) const {
    if (schedule() == nullptr) return;
    if (auto run = next_run(campaign_, grace_, now, findings)) report_rate(*run, findings);
}

void ScheduleCheck::report_rate(const NextRun& run, Findings& findings) const {
    const auto needed = duration(rates_, groups_, mails_, run.begin);
    const auto open = needed ? open_times(*schedule(), run) : std::nullopt;
    if (!open) return;
    const std::size_t all = all_of(mails_);
    // What a budget opens again while nobody may send is in the second.
    const OpenTime whole{run.begin, run.end};
    const auto fits =
        static_cast<std::size_t>(std::min(capacity(rates_, groups_, mails_, *open),
                                          capacity(rates_, groups_, mails_, std::span(&whole, 1))));
    if (fits >= all) return;
    const bool by_end = run.ends_with == NextRun::End::kNotAfter;
    const ScheduleDefinition& definition = *campaign_.schedule;
    findings.warning(
        campaign_.source, by_end ? definition.not_after : definition.begins, "schedule-too-slow",
        (by_end ? "`not_after`" : "the next occurrence") + std::string(" comes too soon: ") +
            counted(all, "mail") + shown_limits(rates_, groups_, mails_) + " need " +
            shown_duration(*needed) + "; " + shown_times(*schedule(), run, *open) +
            ": enough for " + grouped(fits),
        by_end ? "raise the rate, or let `not_after` be later"
               : "raise the rate, or let it come less often");
}

void ScheduleCheck::report_zones(const ZoneWatch& audience, Findings& findings) const {
    if (schedule() == nullptr || !schedule()->by_recipient) return;
    if (!audience.has_column()) return report_no_column(audience.columns(), findings);
    const ZoneTally& tally = audience.tally();
    if (tally.unknown > 0) report_unknown(tally, findings);
    report_late(tally, findings);
}

void ScheduleCheck::report_no_column(const Columns& columns, Findings& findings) const {
    const std::string like = closest(kZoneColumn, columns);
    findings.error(campaign_.source, campaign_.schedule->timezone, "schedule-column",
                   "no list has a column `timezone`, by which each person's mail would go",
                   like.empty() ? "add it, or name one zone for everybody"
                                : "did you mean `" + like + "`? Name that column `timezone`");
}

void ScheduleCheck::report_unknown(const ZoneTally& tally, Findings& findings) const {
    const std::string like = Zone::like(tally.first_unknown);
    findings.add({Severity::kWarning, "schedule-zone", tally.first_place,
                  printable("`" + tally.first_unknown.substr(0, 40) + "` is no time zone; ") +
                      plural(tally.unknown, "person with such a `timezone` goes",
                             "people with such a `timezone` go") +
                      " by the clocks of " + schedule()->zone.name(),
                  like.empty() ? "" : "did you mean `" + like + "`?", ""});
}

void ScheduleCheck::report_late(const ZoneTally& tally, Findings& findings) const {
    const auto end = end_of(*schedule());
    if (!end || !schedule()->at) return;
    std::size_t people = 0, zones = 0;
    std::string first;
    for (const auto& [name, count] : tally.people) {
        const auto zone = name.empty() ? schedule()->zone : Zone::find(name);
        const auto due = zone ? due_in(*schedule(), *schedule()->at, *zone) : std::nullopt;
        if (!due || *due < *end) continue;
        if (first.empty()) first = zone->name();
        people += count;
        ++zones;
    }
    if (people == 0 || earliest_due(*schedule(), *schedule()->at) >= *end) return;
    findings.warning(campaign_.source, campaign_.schedule->not_after, "schedule-zone-late",
                     "`not_after` comes too soon for " + plural(people, "person", "people") +
                         " of " + plural(zones, "zone", "zones") + ", " + first +
                         (zones == 1 ? "" : " first") + ": they would get nothing",
                     "let `not_after` be a day later");
}

}  // namespace tocsin
