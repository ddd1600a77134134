// Campaigns with a schedule, and what is found of it.
#pragma once

#include <string>

#include "delivery/next_run.h"
#include "small_campaign.h"

namespace tocsin::test {

inline LocalMinute local(const char* text) {
    return parse_local(text).value();
}

inline WallTime utc(const char* text) {
    return Zone().instant(local(text));
}

// Where the parts of a schedule stand: each in a line of its own.
inline Campaign scheduled_campaign(const Schedule& schedule) {
    Campaign campaign = small_campaign();
    campaign.source = SourceText("c.yaml", "schedule:\nat\nopens\nnot_after\ntimezone\n");
    auto at = [](int line) { return Place{"c.yaml", line, 1}; };
    campaign.schedule = ScheduleDefinition{schedule, at(1), at(2), at(3), {}, {}};
    if (!schedule.window && schedule.days.all()) campaign.schedule->opens = {};
    if (schedule.not_after) campaign.schedule->not_after = at(4);
    if (schedule.by_recipient) campaign.schedule->timezone = at(5);
    return campaign;
}

inline Schedule once(const char* at, const char* not_after = nullptr) {
    Schedule schedule;
    schedule.at = local(at);
    if (not_after != nullptr) schedule.not_after = local(not_after);
    return schedule;
}

inline Schedule again(const char* every, const char* not_after = nullptr) {
    Schedule schedule;
    schedule.every = std::get<CronExpression>(CronExpression::parse(every));
    if (not_after != nullptr) schedule.not_after = local(not_after);
    return schedule;
}

// "error 2 schedule-past: message (hint)", one a line.
inline std::string said(const Findings& findings) {
    std::string text;
    for (const Finding& finding : findings.all()) {
        text += finding.severity == Severity::kError ? "error " : "warning ";
        text += std::to_string(finding.place.line) + " " + finding.id + ": " + finding.message;
        text += finding.hint.empty() ? "\n" : " (" + finding.hint + ")\n";
    }
    return text;
}

}  // namespace tocsin::test
