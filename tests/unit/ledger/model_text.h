// What a ledger answers, as texts that two forms can be compared by: rows are named by address, as
// ids are each form's own.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace tocsin::test {

inline std::string text(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

inline std::string text(const std::optional<WallTime>& time) {
    return time ? text(*time) : "-";
}

inline std::string text(const Suppression& entry) {
    return entry.address + " " + entry.scope + " " + entry.reason + " " + entry.source + " " +
           text(entry.time) + " " + entry.campaign + " " + text(entry.until);
}

inline std::string text(const ControlState& control) {
    return std::to_string(static_cast<int>(control.control)) + " " + control.reason + " " +
           text(control.since);
}

inline std::string text(const Recovery& recovery) {
    return std::to_string(recovery.in_doubt) + " in doubt, " + std::to_string(recovery.not_sent) +
           " not sent, " + std::to_string(recovery.answered) + " answered";
}

inline std::string text(const AttemptRecord& record) {
    const Attempt& attempt = record.attempt;
    return "\n  attempt " + record.transport + " " + std::string(name(attempt.phase)) + " " +
           (attempt.reply ? attempt.reply->line() : attempt.error) + " " + text(attempt.started) +
           " " + text(attempt.ended) + " " + std::string(name(record.state)) + " " +
           record.decision;
}

inline std::string text(const ResolutionRecord& record) {
    return "\n  resolution " + std::string(name(record.resolution)) + " " + record.source + " " +
           record.evidence + " " + text(record.time);
}

inline std::string text(const Feedback& feedback) {
    return "\n  feedback " + feedback.id + " " + feedback.address + " " + feedback.campaign + " " +
           std::string(name(feedback.kind)) + " " + std::string(name(feedback.bounce)) + " " +
           feedback.status + " " + feedback.text + " " + feedback.source + " " +
           text(feedback.time);
}

inline std::string text(const FeedbackCounts& counts) {
    return std::to_string(counts.bounced) + " bounced, " + std::to_string(counts.delayed) +
           " delayed, " + std::to_string(counts.complained) + " complained, " +
           std::to_string(counts.unsubscribed) + " unsubscribed";
}

inline std::string text(const RowName& row) {
    std::string out = row.mailing.name() + " " + row.address + " " + row.list;
    for (const auto& column : row.columns) out += " " + column;
    for (const auto& cell : row.cells) out += " [" + cell + "]";
    return out;
}

inline std::string text(const RowReport& row) {
    std::string out = row.address + " " + std::string(name(row.state)) + " " +
                      std::string(name(row.skip)) + " " + row.detail + " " + row.zone + " " +
                      text(row.not_before);
    for (const auto& cell : row.cells) out += " [" + cell + "]";
    for (const auto& attempt : row.attempts) out += text(attempt);
    for (const auto& resolution : row.resolutions) out += text(resolution);
    for (const auto& feedback : row.feedback) out += text(feedback);
    return out;
}

inline std::string text(const ClaimedRow& row) {
    std::string out = row.address + " attempts " + std::to_string(row.attempts) + " first " +
                      text(row.first_attempt) + " slot " + std::to_string(row.slot.count());
    for (const auto& cell : row.cells) out += " [" + cell + "]";
    return out;
}

inline std::string text(const Counts& counts) {
    std::string out = std::to_string(counts.total) + " rows, " + std::to_string(counts.duplicates) +
                      " duplicates; states";
    for (std::size_t count : counts.states) out += " " + std::to_string(count);
    out += "; skipped";
    for (std::size_t count : counts.skipped) out += " " + std::to_string(count);
    return out + (counts.adds_up() ? "" : " (does not add up)");
}

inline std::string text(const PlanInfo& plan) {
    std::string out = plan.mailing.name() + " " + plan.list + " " + plan.content + " " +
                      plan.inputs + " " + plan.audience_hash + " " + text(plan.created) +
                      (plan.started ? " started" : " not started");
    for (const auto& column : plan.columns) out += " " + column;
    return out;
}

inline std::string text(const ZoneRows& zone) {
    return "zone " + zone.zone + " " + std::to_string(zone.waiting) + " " + text(zone.not_before);
}

// All that is known of one mailing, but for attempts.
inline std::string text(Ledger& ledger, const MailingKey& mailing) {
    std::string out = "control " + text(ledger.control(mailing)) + "\ncounts " +
                      text(ledger.counts(mailing)) + "\n";
    auto plan = ledger.plan(mailing);
    for (const Approval& one : ledger.approvals(mailing)) {
        out += "approved " + one.content_hash + one.audience_hash + one.settings_hash + " " +
               one.facts + " " + one.by + " " + text(one.time) + "\n";
    }
    out += ledger.approved_people(mailing) + "\n";
    out += plan ? "plan " + text(*plan) + "\n" : "no plan\n";
    out += "due " + text(ledger.next_due(mailing)) + "\n";
    for (const ZoneRows& zone : ledger.zones(mailing)) out += text(zone) + "\n";
    ledger.for_each_row(mailing, [&](const std::string& key, State state) {
        out += key + " " + std::string(name(state)) + "\n";
    });
    ledger.for_each_result(mailing, [&](const RowResult& row) {
        out += row.key + " " + std::string(name(row.state)) + " " + std::string(name(row.skip)) +
               " " + (row.reply ? row.reply->line() : "") + " " + row.error + "\n";
    });
    return out;
}

// What a program that looks in every minute asks.
inline std::string agenda_text(Ledger& ledger, const std::vector<std::string>& campaigns) {
    std::string out;
    for (const auto& campaign : campaigns) {
        for (const auto& mailing : ledger.unfinished(campaign)) out += mailing.shown() + "\n";
    }
    for (const auto& [subject, value] : ledger.notes("a")) out += subject + "=" + value + "\n";
    return out;
}

inline std::string suppressions_text(Ledger& ledger, const std::string& key) {
    std::string out;
    ledger.for_each_suppression({}, [&](const Suppression& entry) { out += text(entry) + "\n"; });
    for (const SuppressionEvent& event : ledger.suppression_history(key)) {
        out += "event " + std::to_string(static_cast<int>(event.change)) + " run " +
               std::to_string(event.run) + " " + text(event.entry) + "\n";
    }
    ledger.for_each_suppression({key}, [&](const Suppression& e) { out += text(e) + "\n"; });
    ledger.for_each_feedback({"", key}, [&](const Feedback& one) { out += text(one); });
    return out;
}

}  // namespace tocsin::test
