#include "delivery/doubts.h"

#include <algorithm>
#include <map>

#include "delivery/relay_log/log_file.h"
#include "mail/message_id.h"
#include "model/content.h"

namespace tocsin {

namespace {

// As they were written: of rotated logs, one goes on where the older ends.
std::vector<std::filesystem::path> oldest_first(std::vector<std::filesystem::path> logs) {
    auto written = [](const std::filesystem::path& log) {
        std::error_code missing;  // told when it is read
        return std::filesystem::last_write_time(log, missing);
    };
    std::stable_sort(logs.begin(), logs.end(),
                     [&](const auto& a, const auto& b) { return written(a) < written(b); });
    return logs;
}

// Who leaves may have the link from elsewhere.
bool shows_acceptance(FeedbackKind kind) {
    return kind == FeedbackKind::kBounce || kind == FeedbackKind::kDelay ||
           kind == FeedbackKind::kDelivery || kind == FeedbackKind::kComplaint;
}

}  // namespace

std::vector<Doubt> find_doubts(Ledger& ledger, const PlanInfo& plan, const KeyRing* keys) {
    const std::string domain = parse_content(plan.content).from.address.domain();
    std::vector<Doubt> doubts;
    ledger.in_doubt(plan.mailing, [&](const DoubtfulRow& row) {
        Doubt doubt;
        doubt.row = row;
        if (keys != nullptr)
            doubt.message_ids = possible_message_ids(*keys, plan.mailing.name(), row.key, domain);
        doubts.push_back(std::move(doubt));
    });
    return doubts;
}

void search_feedback(std::vector<Doubt>& doubts, Ledger& ledger, const MailingKey& mailing) {
    std::map<RowId, Doubt*> by_row;
    for (Doubt& doubt : doubts) by_row[doubt.row.id] = &doubt;
    if (doubts.empty()) return;
    ledger.for_each_feedback({mailing.campaign}, [&](const Feedback& feedback) {
        auto found = by_row.find(feedback.row);
        if (found == by_row.end() || !shows_acceptance(feedback.kind)) return;
        found->second->told = feedback.source + " told of a " + std::string(name(feedback.kind)) +
                              ", noted " + iso8601(feedback.time);
    });
}

void search_logs(std::vector<Doubt>& doubts, const std::vector<std::filesystem::path>& logs,
                 WallTime now) {
    std::vector<SoughtMail> sought;
    for (const Doubt& doubt : doubts)
        sought.push_back({doubt.message_ids, doubt.row.key, doubt.last().attempt.started});
    RelayLogs reader(sought, now);
    for (const auto& log : oldest_first(logs)) {
        for_each_log_line(log, [&](std::string_view line) { reader.read_line(line); });
        reader.end_file();
    }
    for (std::size_t i = 0; i < doubts.size(); ++i) doubts[i].trace = reader.traces()[i];
}

}  // namespace tocsin
