#include "ledger/memory_reports.h"

#include <algorithm>

namespace tocsin::memory {
namespace {

RowReport report_of(const Plan& plan, const Row& row) {
    RowReport report;
    report.address = row.planned.address;
    report.state = row.state;
    report.skip = row.skip;
    report.detail = row.detail;
    if (row.planned.skip == SkipReason::kNone) report.zone = row.planned.zone;
    report.not_before = plan.not_before(row);
    report.cells = row.planned.cells;
    return report;
}

bool is_unfinished(const Mailing& mailing) {
    const ControlState& control = mailing.control;
    if (control.control == Control::kCancelled) return false;
    if (mailing.plan) return !count(*mailing.plan).finished();
    return control.control == Control::kHeld || control.since != WallTime{};
}

}  // namespace

Counts count(const Plan& plan) {
    Counts counts;
    counts.total = plan.rows.size();
    counts.duplicates = plan.duplicates;
    for (const Row& row : plan.rows) {
        ++counts.states.at(static_cast<std::size_t>(row.state));
        if (row.state == State::kSkipped) ++counts.skipped.at(static_cast<std::size_t>(row.skip));
    }
    return counts;
}

std::optional<RowReport> explain(const Plan& plan, const std::string& key) {
    auto row = std::find_if(plan.rows.begin(), plan.rows.end(),
                            [&](const Row& one) { return one.key == key; });
    if (row == plan.rows.end()) return std::nullopt;
    RowReport report = report_of(plan, *row);
    report.attempts = row->attempts;
    report.resolutions = row->resolutions;
    return report;
}

std::vector<RowReport> rows_in_state(const Plan& plan, State state, std::size_t most) {
    std::vector<RowReport> reports;
    for (const Row& row : plan.rows) {
        if (row.state == state && reports.size() < most) reports.push_back(report_of(plan, row));
    }
    return reports;
}

void for_each_result(const Plan& plan, const std::function<void(const RowResult&)>& visit) {
    for (const Row& row : plan.rows) {
        RowResult result{row.id, row.key, row.state, row.skip};
        if (!row.attempts.empty()) {
            result.reply = row.attempts.back().attempt.reply;
            result.error = row.attempts.back().attempt.error;
        }
        visit(result);
    }
}

void for_each_in_doubt(const Plan& plan, const std::function<void(const DoubtfulRow&)>& visit) {
    for (const Row& row : plan.rows) {
        if (row.state == State::kInDoubt)
            visit({row.id, row.key, row.planned.address, row.attempts});
    }
}

std::optional<WallTime> next_due(const Plan& plan) {
    std::optional<WallTime> next;
    for (const Row& row : plan.rows) {
        if (!row.waits() && row.state != State::kSending) continue;
        auto due = plan.not_before(row).value_or(WallTime{});
        if (!next || due < *next) next = due;
    }
    return next;
}

std::vector<ZoneRows> zones(const Plan& plan) {
    std::map<std::string, ZoneRows> found;
    for (const Row& row : plan.rows) {
        if (!plan.has_zones() || !row.waits()) continue;
        ZoneRows& zone = found[row.planned.zone];
        zone.zone = row.planned.zone;
        ++zone.waiting;
        auto opens = plan.postponed.find(zone.zone);
        if (opens != plan.postponed.end()) zone.not_before = opens->second;
    }
    std::vector<ZoneRows> zones;
    for (const auto& [name, zone] : found) zones.push_back(zone);
    return zones;
}

std::vector<MailingKey> unfinished(const World& world, const std::string& campaign) {
    std::vector<MailingKey> keys;
    for (const auto& [key, mailing] : world.mailings) {
        if (key.campaign == campaign && is_unfinished(mailing)) keys.push_back(key);
    }
    return keys;
}

}  // namespace tocsin::memory
