#include "delivery/doubts.h"

#include <algorithm>

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

}  // namespace

std::vector<Doubt> find_doubts(Ledger& ledger, const PlanInfo& plan, const KeyRing* keys) {
    const std::string domain = parse_content(plan.content).from.address.domain();
    std::vector<Doubt> doubts;
    ledger.in_doubt(plan.mailing, [&](const DoubtfulRow& row) {
        Doubt doubt{row, {}, {}};
        if (keys != nullptr)
            doubt.message_ids = possible_message_ids(*keys, plan.mailing.name(), row.key, domain);
        doubts.push_back(std::move(doubt));
    });
    return doubts;
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
