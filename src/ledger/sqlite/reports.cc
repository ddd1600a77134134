#include "ledger/sqlite/reports.h"

#include "ledger/cells.h"
#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/feedback.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/resolutions.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";
constexpr std::int64_t kReadAtOnce = 1'000;

// What `read_report` reads, and from where.
#define REPORT_COLUMNS                                                      \
    "key, address, state, skip, detail, not_before, zone.name, opens, id, " \
    "(SELECT bytes FROM cells WHERE cells.id = recipient.id) "
#define REPORTED_ROWS \
    "FROM recipient LEFT JOIN zone ON zone.plan = id >> 24 AND zone.number = recipient.zone "

RowReport read_report(const Query& row) {
    RowReport report;
    report.address = row.text(row.is_null(1) ? 0 : 1);
    report.state = static_cast<State>(row.integer(2));
    report.skip = static_cast<SkipReason>(row.integer(3));
    report.detail = row.text(4);
    report.zone = row.text(6);
    report.not_before = not_before(report.state, row.optional_time(5), row.optional_time(7));
    report.cells = unpack_texts(row.text(9));
    return report;
}

std::vector<RowResult> read_states(Connection& connection, const Plan& plan, RowId after) {
    std::vector<RowResult> rows;
    Query seen = connection.query(
        "SELECT id, key, state, skip FROM recipient WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after, plan.last(), kReadAtOnce);
    while (seen.step()) {
        rows.push_back({seen.integer(0), seen.text(1), static_cast<State>(seen.integer(2)),
                        static_cast<SkipReason>(seen.integer(3))});
    }
    return rows;
}

std::vector<RowResult> read_results(Connection& connection, const Plan& plan, RowId after) {
    std::vector<RowResult> rows = read_states(connection, plan, after);
    for (RowResult& row : rows) {
        Query last = connection.query(
            "SELECT code, enhanced, reply, error FROM attempt WHERE recipient = ? "
            "ORDER BY number DESC LIMIT 1",
            row.id);
        if (!last.step()) continue;
        if (!last.is_null(0))
            row.reply = SmtpReply{static_cast<int>(last.integer(0)), last.text(1), last.text(2)};
        row.error = last.text(3);
    }
    return rows;
}

// In portions, so that what `visit` takes long for holds nothing up.
using ReadSome = std::vector<RowResult> (*)(Connection&, const Plan&, RowId after);
void for_each_portion(Connection& connection, const MailingKey& mailing, ReadSome read_some,
                      const std::function<void(const RowResult&)>& visit) {
    auto plan = guarded(kCannotRead, [&] { return ready_plan(connection, mailing); });
    if (!plan) return;
    RowId after = plan->first() - 1;
    while (after < plan->last()) {
        auto some = guarded(kCannotRead, [&] { return read_some(connection, *plan, after); });
        if (some.empty()) return;
        for (const RowResult& row : some) visit(row);
        after = some.back().id;
    }
}

}  // namespace

// One read transaction: total and states must be of one moment.
Counts count_rows(Connection& connection, const MailingKey& mailing) {
    return guarded(kCannotRead, [&] {
        Counts counts;
        SQLite::Transaction moment(connection.database());
        auto plan = ready_plan(connection, mailing);
        if (!plan) return counts;
        counts = read_tally(connection, plan->number);
        counts.total = static_cast<std::size_t>(plan->rows);
        counts.duplicates = static_cast<std::size_t>(
            connection.integer(0, "SELECT duplicates FROM plan WHERE number = ?", plan->number));
        return counts;
    });
}

std::optional<RowReport> explain(Connection& connection, const MailingKey& mailing,
                                 const std::string& key) {
    return guarded(kCannotRead, [&]() -> std::optional<RowReport> {
        SQLite::Transaction moment(connection.database());
        auto plan = ready_plan(connection, mailing);
        if (!plan) return std::nullopt;
        Query row = connection.query("SELECT " REPORT_COLUMNS REPORTED_ROWS
                                     "WHERE id BETWEEN ? AND ? AND key = ? LIMIT 1",
                                     plan->first(), plan->last(), key);
        if (!row.step()) return std::nullopt;
        RowReport report = read_report(row);
        report.attempts = attempts_of(connection, row.integer(8));
        report.resolutions = resolutions_of(connection, row.integer(8));
        for_each_feedback(connection, {mailing.campaign, key},
                          [&](const Feedback& one) { report.feedback.push_back(one); });
        return report;
    });
}

std::vector<RowReport> rows_in_state(Connection& connection, const MailingKey& mailing, State state,
                                     std::size_t most) {
    return guarded(kCannotRead, [&] {
        std::vector<RowReport> reports;
        auto plan = ready_plan(connection, mailing);
        if (!plan) return reports;
        Query rows =
            connection.query("SELECT " REPORT_COLUMNS REPORTED_ROWS
                             "WHERE id BETWEEN ? AND ? AND state = ? ORDER BY id LIMIT ?",
                             plan->first(), plan->last(), static_cast<std::int64_t>(state), most);
        while (rows.step()) reports.push_back(read_report(rows));
        return reports;
    });
}

#undef REPORTED_ROWS
#undef REPORT_COLUMNS

void for_each_row(Connection& connection, const MailingKey& mailing,
                  const std::function<void(const std::string& key, State state)>& visit) {
    for_each_portion(connection, mailing, read_states,
                     [&](const RowResult& row) { visit(row.key, row.state); });
}

void for_each_result(Connection& connection, const MailingKey& mailing,
                     const std::function<void(const RowResult&)>& visit) {
    for_each_portion(connection, mailing, read_results, visit);
}

}  // namespace tocsin::sqlite
