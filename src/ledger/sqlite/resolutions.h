// Rows in doubt: who they are, and what was decided about them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// `ledger` is the file beside which locks lie.
Recovery recover_unheld(Connection& connection, const std::filesystem::path& ledger,
                        const MailingKey& mailing, const std::string& owner, WallTime now);
void for_each_in_doubt(Connection& connection, const MailingKey& mailing,
                       const std::function<void(const DoubtfulRow&)>& visit);
std::size_t resolve(Connection& connection, const std::filesystem::path& ledger,
                    const MailingKey& mailing, std::span<const Verdict> verdicts,
                    const std::string& source, WallTime now);

// Oldest first.
std::vector<ResolutionRecord> resolutions_of(Connection& connection, RowId id);

}  // namespace tocsin::sqlite
