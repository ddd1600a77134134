// W1 to W3 on SQLite.
//
// The session remembers the rows that it holds and how far down the plan it has come, so that a
// claim costs what it takes and not what the plan is long. Claims need not survive a power loss (a
// lost one is a row that nobody holds), so W1 does not wait for the disk; W2 and W3 do.
//
// Failpoints: "recover-before-commit", "recover-after-commit", "w1-before-commit",
// "w1-after-claim", "w2-before-commit", "w2-after-commit", "w3-before-commit", "w3-after-commit".
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

std::unique_ptr<SendSession> begin_send(std::shared_ptr<Connection> connection,
                                        const std::filesystem::path& ledger,
                                        const MailingKey& mailing, const std::string& owner,
                                        WallTime now);

}  // namespace tocsin::sqlite
