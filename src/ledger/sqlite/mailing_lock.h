// The exclusive right to plan or send one mailing: a lock file beside the ledger, freed by the
// system however its holder ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "ledger/ledger.h"

namespace tocsin::sqlite {

// "<ledger>.locks/<campaign>[@<occurrence>].lock"; characters that a file name had better not hold
// are written %XX.
std::filesystem::path lock_path(const std::filesystem::path& ledger, const MailingKey& mailing);

// The flight recorder's file, beside it.
std::filesystem::path flight_path(const std::filesystem::path& ledger, const MailingKey& mailing);

// Throws Busy where another holds it; the message names that one's `owner` and since when.
FileLock lock_mailing(const std::filesystem::path& ledger, const MailingKey& mailing,
                      const std::string& owner, WallTime now);
// Nothing where another holds it.
std::optional<FileLock> try_lock_mailing(const std::filesystem::path& ledger,
                                         const MailingKey& mailing, const std::string& owner,
                                         WallTime now);

// The locks of all mailings that were ever planned or sent. Throws Busy where another holds one.
std::vector<FileLock> lock_all_mailings(const std::filesystem::path& ledger,
                                        const std::string& owner, WallTime now);

}  // namespace tocsin::sqlite
