// Notes of a SQLite ledger.
//
// Failpoints: "note-before-commit", "note-after-commit".
#pragma once

#include "ledger/notes.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

std::string note(Connection& connection, const std::string& subject);
bool set_note(Connection& connection, const std::string& subject, const std::string& value);
std::int64_t advance_note(Connection& connection, const std::string& subject);
std::vector<std::pair<std::string, std::string>> notes(Connection& connection,
                                                       const std::string& prefix);

}  // namespace tocsin::sqlite
