#include "ledger/sqlite/approvals.h"

#include "base/failpoint.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailings.h"

namespace tocsin::sqlite {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";

bool is_known(Connection& connection, std::int64_t mailing, const Approval& approval) {
    return connection.integer(0,
                              "SELECT 1 FROM approval WHERE mailing = ? AND content_hash = ? AND "
                              "audience_hash = ? AND settings_hash = ? AND name = ?",
                              mailing, approval.content_hash, approval.audience_hash,
                              approval.settings_hash, approval.by) != 0;
}

void insert(Connection& connection, std::int64_t mailing, const Approval& approval,
            const std::string& people) {
    connection.run("UPDATE approval SET people = NULL WHERE mailing = ?", mailing);
    connection.run(
        "INSERT INTO approval(mailing, content_hash, audience_hash, settings_hash, facts, people, "
        "name, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        mailing, approval.content_hash, approval.audience_hash, approval.settings_hash,
        Blob{approval.facts}, Blob{people}, approval.by, approval.time);
}

}  // namespace

bool approve(Connection& connection, const MailingKey& key, const Approval& approval,
             const std::string& people) {
    return guarded("cannot note the approval in the ledger", [&] {
        Transaction transaction(connection);
        Mailing mailing = require_mailing(connection, key);
        bool is_new = !is_known(connection, mailing.number, approval);
        if (is_new) insert(connection, mailing.number, approval, people);
        failpoint("approve-before-commit");
        transaction.commit();
        failpoint("approve-after-commit");
        return is_new;
    });
}

std::vector<Approval> approvals(Connection& connection, const MailingKey& key) {
    return guarded(kCannotRead, [&] {
        std::vector<Approval> found;
        auto mailing = find_mailing(connection, key);
        if (!mailing) return found;
        Query rows = connection.query(
            "SELECT content_hash, audience_hash, settings_hash, facts, name, time FROM approval "
            "WHERE mailing = ? ORDER BY number",
            mailing->number);
        while (rows.step()) {
            found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                             rows.time(5)});
        }
        return found;
    });
}

std::string approved_people(Connection& connection, const MailingKey& key) {
    return guarded(kCannotRead, [&] {
        auto mailing = find_mailing(connection, key);
        if (!mailing) return std::string();
        Query row = connection.query(
            "SELECT people FROM approval WHERE mailing = ? ORDER BY number DESC LIMIT 1",
            mailing->number);
        return row.step() ? row.text(0) : std::string();
    });
}

}  // namespace tocsin::sqlite
