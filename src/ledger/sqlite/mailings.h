// Mailings, their ready plans, and what the user asked of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

struct Mailing {
    std::int64_t number = 0;
    std::int64_t plan = 0;  // 0: none is ready
    ControlState control;
};

// The ready plan without what can be large.
struct Plan {
    std::int64_t number = 0;
    std::int64_t rows = 0;
    std::string list;
    bool begun = false;  // a row has left `planned` and `skipped`

    RowId first() const;
    RowId last() const;
};

// How many sends of a mailing have begun.
std::int64_t mailing_epoch(Connection& connection, std::int64_t mailing);

std::optional<Mailing> find_mailing(Connection& connection, const MailingKey& key);
// Makes it where it is new. Within a transaction.
Mailing require_mailing(Connection& connection, const MailingKey& key);
// The number of a list, made where the name is new; nothing for the empty name.
std::optional<std::int64_t> require_list(Connection& connection, const std::string& name);

std::optional<Plan> ready_plan(Connection& connection, const MailingKey& key);
std::optional<PlanInfo> plan_info(Connection& connection, const MailingKey& key);
// Somebody of it was mailed, or is about to be.
void mark_begun(Connection& connection, const Plan& plan);
// Where all that was to be sent has come back, nobody was mailed: the plan may still be replaced.
void unmark_begun(Connection& connection, const Plan& plan);
std::vector<MailingKey> planned_mailings(Connection& connection);
// Ledger::unfinished; costs what all campaigns have unfinished, not what there ever was.
std::vector<MailingKey> unfinished_mailings(Connection& connection, const std::string& campaign);

}  // namespace tocsin::sqlite
