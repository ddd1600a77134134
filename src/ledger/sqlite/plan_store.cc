#include "ledger/sqlite/plan_store.h"

#include <algorithm>
#include <vector>

#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

constexpr std::int64_t kRowsRemovedAtOnce = 4'000;

}  // namespace

void remove_rows(Connection& connection, RowId first, RowId last) {
    for (;;) {
        first = connection.integer(0, "SELECT min(id) FROM recipient WHERE id BETWEEN ? AND ?",
                                   first, last);
        if (first == 0) return;
        RowId end = std::min(last, first + kRowsRemovedAtOnce - 1);
        Transaction transaction(connection, Durability::kLater);
        connection.run("DELETE FROM cells WHERE id BETWEEN ? AND ?", first, end);
        connection.run("DELETE FROM recipient WHERE id BETWEEN ? AND ?", first, end);
        transaction.commit();
    }
}

void remove_plan(Connection& connection, std::int64_t plan) {
    remove_rows(connection, row_id(plan, 0), row_id(plan, kMostRows));
    Transaction transaction(connection);
    connection.run("DELETE FROM tally WHERE plan = ?", plan);
    connection.run("DELETE FROM zone WHERE plan = ?", plan);
    connection.run("DELETE FROM plan WHERE number = ?", plan);
    transaction.commit();
}

void remove_remains(Connection& connection, const MailingKey& key) {
    auto mailing = find_mailing(connection, key);
    if (!mailing) return;
    std::vector<std::int64_t> unused;
    {
        Query plans = connection.query("SELECT number FROM plan WHERE mailing = ? AND number <> ?",
                                       mailing->number, mailing->plan);
        while (plans.step()) unused.push_back(plans.integer(0));
    }
    for (std::int64_t plan : unused) remove_plan(connection, plan);
    if (auto ready = ready_plan(connection, key)) {
        remove_rows(connection, ready->last() + 1, row_id(ready->number, kMostRows));
    }
}

}  // namespace tocsin::sqlite
