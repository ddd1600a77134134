#include "ledger/sqlite/feedback.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/failpoint.h"
#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/row_names.h"
#include "ledger/sqlite/soft_bounces.h"
#include "ledger/sqlite/suppressions.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the feedback in the ledger";
constexpr std::int64_t kReadAtOnce = 1'000;

Feedback read_feedback(const Query& row) {
    Feedback feedback;
    feedback.id = row.text(1);
    feedback.address = row.text(2);
    feedback.row = row.integer(3);
    feedback.campaign = row.text(4);
    feedback.kind = static_cast<FeedbackKind>(row.integer(5));
    feedback.bounce = static_cast<BounceClass>(row.integer(6));
    feedback.status = row.text(7);
    feedback.text = row.text(8);
    feedback.source = row.text(9);
    feedback.time = row.time(10);
    return feedback;
}

bool insert(Connection& connection, const Feedback& feedback) {
    return connection.run(
               "INSERT INTO feedback(id, address, recipient, campaign, kind, class, status, said, "
               "source, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
               feedback.id, feedback.address, feedback.row, feedback.campaign,
               static_cast<std::int64_t>(feedback.kind), static_cast<std::int64_t>(feedback.bounce),
               feedback.status, feedback.text, feedback.source, feedback.time) == 1;
}

void count(Connection& connection, const MailingKey& key, const Feedback& feedback) {
    auto mailing = find_mailing(connection, key);
    if (!mailing) return;
    restore_soft_bounces(connection, feedback.address, mailing->number);
    std::size_t mailings = count_soft_bounce(connection, feedback.address, mailing->number,
                                             feedback.time, SoftBounceBy::kReport);
    if (mailings < kSoftBouncesToSuppress) return;
    add_entry(connection, suppression_of_feedback(feedback));
    forget_soft_bounces(connection, feedback.address);
}

bool note(Connection& connection, const FeedbackNote& note) {
    for (const Suppression& entry : note.lift) lift_just(connection, entry, note.feedback);
    Feedback feedback = note.feedback;
    MailingKey mailing{feedback.campaign, ""};
    if (auto row = row_name(connection, feedback.row)) {
        mailing = row->mailing;
        if (feedback.address.empty()) feedback.address = row->address;
        feedback.campaign = mailing.campaign;
    }
    if (!insert(connection, feedback)) return false;
    if (note.suppress) add_entry(connection, *note.suppress);
    if (note.soft_bounce && !feedback.address.empty()) count(connection, mailing, feedback);
    return true;
}

using Numbered = std::pair<std::int64_t, Feedback>;

std::vector<Numbered> read_all(Query rows) {
    std::vector<Numbered> found;
    while (rows.step()) found.emplace_back(rows.integer(0), read_feedback(rows));
    return found;
}

std::vector<Numbered> read_some(Connection& connection, const std::string& campaign,
                                std::int64_t after) {
    static constexpr char kAll[] =
        "SELECT * FROM feedback WHERE number > ? ORDER BY number LIMIT ?";
    static constexpr char kOfCampaign[] =
        "SELECT * FROM feedback WHERE campaign = ?3 AND number > ?1 ORDER BY number LIMIT ?2";
    if (campaign.empty()) return read_all(connection.query(kAll, after, kReadAtOnce));
    return read_all(connection.query(kOfCampaign, after, kReadAtOnce, campaign));
}

// Of one address there is little.
std::vector<Numbered> read_of_address(Connection& connection, const FeedbackFilter& filter) {
    std::vector<Numbered> found;
    for (const std::string& name : connection.names().all(filter.address)) {
        auto some = read_all(connection.query(
            "SELECT * FROM feedback WHERE address = ?1 AND (?2 = '' OR campaign = ?2)", name,
            filter.campaign));
        found.insert(found.end(), some.begin(), some.end());
    }
    std::sort(found.begin(), found.end(),
              [](const Numbered& a, const Numbered& b) { return a.first < b.first; });
    return found;
}

}  // namespace

std::size_t note_feedback(Connection& connection, std::span<const FeedbackNote> notes) {
    return guarded("cannot note feedback in the ledger", [&] {
        std::size_t noted = 0;
        Transaction transaction(connection);
        for (const FeedbackNote& one : notes) noted += note(connection, one) ? 1 : 0;
        failpoint("feedback-before-commit");
        transaction.commit();
        failpoint("feedback-after-commit");
        return noted;
    });
}

// In portions, so that what `visit` takes long for holds nothing up.
void for_each_feedback(Connection& connection, const FeedbackFilter& filter,
                       const std::function<void(const Feedback&)>& visit) {
    bool is_of_one = !filter.address.empty();
    std::int64_t after = 0;
    for (;;) {
        auto some = guarded(kCannotRead, [&] {
            return is_of_one ? read_of_address(connection, filter)
                             : read_some(connection, filter.campaign, after);
        });
        for (const auto& [number, feedback] : some) visit(feedback);
        if (some.empty() || is_of_one) return;
        after = some.back().first;
    }
}

FeedbackCounts feedback_counts(Connection& connection, const MailingKey& mailing) {
    return guarded(kCannotRead, [&] {
        auto plan = ready_plan(connection, mailing);
        if (!plan) return FeedbackCounts{};
        // Keys have no index: the rows are walked only where feedback is to be matched with them.
        bool by_address =
            mailing.occurrence.empty() &&
            connection.integer(0, "SELECT 1 FROM feedback WHERE campaign = ? AND recipient = 0",
                               mailing.campaign) != 0;
        auto number = [](FeedbackKind kind) { return static_cast<std::int64_t>(kind); };
        Query counts = connection.query(
            "SELECT sum(kind = ?5), sum(kind = ?6), sum(kind = ?7), sum(kind = ?8), "
            "sum(kind = ?9) FROM ("
            "SELECT recipient, kind FROM feedback WHERE recipient BETWEEN ?1 AND ?2 UNION "
            "SELECT r.id, f.kind FROM recipient r CROSS JOIN feedback f ON f.address = r.key "
            "AND +f.recipient = 0 AND +f.campaign = ?4 WHERE r.id BETWEEN ?1 AND ?3)",
            plan->first(), plan->last(), by_address ? plan->last() : RowId{0}, mailing.campaign,
            number(FeedbackKind::kBounce), number(FeedbackKind::kDelay),
            number(FeedbackKind::kComplaint), number(FeedbackKind::kUnsubscribe),
            number(FeedbackKind::kDelivery));
        counts.step();
        auto at = [&](int column) { return static_cast<std::size_t>(counts.integer(column)); };
        return FeedbackCounts{at(0), at(1), at(2), at(3), at(4)};
    });
}

}  // namespace tocsin::sqlite
