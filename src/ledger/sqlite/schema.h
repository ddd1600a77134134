// The tables of a SQLite ledger, and how one is told from other files.
//
// Row ids: a recipient's id is its plan's number times 2^24 plus its place in the plan from 1. So a
// plan is one range of ids and needs no index, ids are never reused, and all fit into the 40 bits
// that an unsubscribe token has for them.
//
// A plan is seen only through `mailing.plan` and `plan.rows`: plans that no mailing points to, and
// rows beyond `plan.rows`, are being written or were left by a dead writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

inline constexpr int kSchemaVersion = 5;
inline constexpr std::int64_t kApplicationId = 0x746f6373;  // "tocs"

inline constexpr int kPlaceBits = 24;
inline constexpr std::int64_t kMostRows = (std::int64_t{1} << kPlaceBits) - 1;
inline constexpr std::int64_t kMostPlans = (std::int64_t{1} << 16) - 1;

constexpr RowId row_id(std::int64_t plan, std::int64_t place) {
    return (plan << kPlaceBits) + place;
}

// Makes all tables in an empty database and gives it an id.
void create_schema(Connection& connection);

// Throws LedgerError unless this is a ledger of this version or an earlier one.
void check_schema(Connection& connection, const std::string& shown_path);

// Brings a ledger of an earlier version to this one, in one transaction. Throws Busy while a
// program of that version plans or sends: it could not write any more, and would leave mails in
// doubt.
void upgrade_schema(Connection& connection, const std::filesystem::path& ledger, WallTime now);

std::string ledger_id(Connection& connection);

}  // namespace tocsin::sqlite
