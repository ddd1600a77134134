#include "ledger/sqlite/mailings.h"

#include "ledger/cells.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

// Tokens carry the numbers of campaigns and lists. A ledger begins them at random, within half of
// what a token holds, so that a token of a lost ledger that happens to lead to the same person's
// row names none here, rather than another list.
std::int64_t require_campaign(Connection& connection, const std::string& id) {
    connection.run(
        "INSERT INTO campaign(number, id) SELECT (SELECT coalesce(max(number), abs(random() % "
        "8388608)) + 1 FROM campaign), ? WHERE true ON CONFLICT DO NOTHING",
        id);
    return connection.integer(0, "SELECT number FROM campaign WHERE id = ?", id);
}

}  // namespace

RowId Plan::first() const {
    return row_id(number, 1);
}

RowId Plan::last() const {
    return row_id(number, rows);
}

std::int64_t mailing_epoch(Connection& connection, std::int64_t mailing) {
    return connection.integer(0, "SELECT epoch FROM mailing WHERE number = ?", mailing);
}

std::optional<Mailing> find_mailing(Connection& connection, const MailingKey& key) {
    Query row = connection.query(
        "SELECT mailing.number, plan, control, control_reason, control_since "
        "FROM mailing JOIN campaign ON campaign.number = mailing.campaign "
        "WHERE campaign.id = ? AND occurrence = ?",
        key.campaign, key.occurrence);
    if (!row.step()) return std::nullopt;
    Mailing mailing;
    mailing.number = row.integer(0);
    mailing.plan = row.integer(1);
    mailing.control = {static_cast<Control>(row.integer(2)), row.text(3), row.time(4)};
    return mailing;
}

Mailing require_mailing(Connection& connection, const MailingKey& key) {
    connection.run("INSERT INTO mailing(campaign, occurrence) VALUES (?, ?) ON CONFLICT DO NOTHING",
                   require_campaign(connection, key.campaign), key.occurrence);
    return find_mailing(connection, key).value();
}

std::optional<std::int64_t> require_list(Connection& connection, const std::string& name) {
    if (name.empty()) return std::nullopt;
    connection.run(
        "INSERT INTO list(number, name) SELECT (SELECT coalesce(max(number), abs(random() % "
        "32768)) + 1 FROM list), ? WHERE true ON CONFLICT DO NOTHING",
        name);
    return connection.integer(0, "SELECT number FROM list WHERE name = ?", name);
}

std::optional<Plan> ready_plan(Connection& connection, const MailingKey& key) {
    auto mailing = find_mailing(connection, key);
    if (!mailing || mailing->plan == 0) return std::nullopt;
    Query row = connection.query(
        "SELECT plan.number, rows, name, begun FROM plan LEFT JOIN list ON list.number = list "
        "WHERE plan.number = ?",
        mailing->plan);
    if (!row.step()) return std::nullopt;
    return Plan{row.integer(0), row.integer(1), row.text(2), row.integer(3) != 0};
}

std::optional<PlanInfo> plan_info(Connection& connection, const MailingKey& key) {
    auto mailing = find_mailing(connection, key);
    if (!mailing || mailing->plan == 0) return std::nullopt;
    Query row = connection.query(
        "SELECT campaign, list, name, content, content_hash, inputs, columns, created, begun, "
        "plan.number, settings, audience_hash FROM plan JOIN mailing ON mailing.number = mailing "
        "LEFT JOIN list ON list.number = list WHERE plan.number = ?",
        mailing->plan);
    if (!row.step()) return std::nullopt;
    PlanInfo info;
    info.mailing = key;
    info.campaign_number = row.integer(0);
    info.list_number = row.integer(1);
    info.list = row.text(2);
    info.content = row.text(3);
    info.content_hash = row.text(4);
    info.inputs = row.text(5);
    info.columns = unpack_texts(row.text(6));
    info.created = row.time(7);
    info.started = row.integer(8) != 0;
    info.number = row.integer(9);
    info.settings = row.text(10);
    info.audience_hash = row.text(11);
    return info;
}

void mark_begun(Connection& connection, const Plan& plan) {
    connection.run("UPDATE plan SET begun = 1 WHERE number = ? AND begun = 0", plan.number);
}

void unmark_begun(Connection& connection, const Plan& plan) {
    connection.run(
        "UPDATE plan SET begun = 0 WHERE number = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM tally WHERE plan = ?1 AND state NOT IN (0, 1) AND count > "
        "0) "
        "AND NOT EXISTS (SELECT 1 FROM attempt WHERE recipient BETWEEN ?2 AND ?3)",
        plan.number, plan.first(), plan.last());
}

std::vector<MailingKey> planned_mailings(Connection& connection) {
    std::vector<MailingKey> keys;
    Query rows = connection.query(
        "SELECT campaign.id, occurrence FROM mailing "
        "JOIN campaign ON campaign.number = mailing.campaign JOIN plan ON plan.number = plan "
        "ORDER BY created, plan.number");
    while (rows.step()) keys.push_back({rows.text(0), rows.text(1)});
    return keys;
}

std::vector<MailingKey> unfinished_mailings(Connection& connection, const std::string& campaign) {
    std::vector<MailingKey> keys;
    Query rows = connection.query(
        // CROSS: from what is unfinished to its mailing, not from all that the campaign ever had.
        "SELECT occurrence FROM tally INDEXED BY unfinished "
        "CROSS JOIN plan ON plan.number = tally.plan "
        "CROSS JOIN mailing ON mailing.number = plan.mailing AND mailing.plan = plan.number "
        "WHERE tally.state IN (0, 2, 4) AND tally.count > 0 AND control <> 2 "
        "AND campaign = (SELECT number FROM campaign WHERE id = ?1) "
        "UNION SELECT occurrence FROM mailing INDEXED BY unplanned "
        "WHERE campaign = (SELECT number FROM campaign WHERE id = ?1) AND plan IS NULL "
        "AND control <> 2 AND (control = 1 OR control_since <> 0) ORDER BY occurrence",
        campaign);
    while (rows.step()) keys.push_back({campaign, rows.text(0)});
    return keys;
}

}  // namespace tocsin::sqlite
