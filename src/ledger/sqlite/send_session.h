// W1 to W3 on SQLite.
//
// The session remembers the rows that it holds and how far down the plan it has come, so that a
// claim costs what it takes and not what the plan is long. Claims are not written: the mailing's
// lock keeps other senders out, and a dead sender's claims are gone with it. W2 and W3 of all
// connections share one commit; what is between them is in the flight recorder.
//
// Failpoints: "recover-before-commit", "recover-after-commit", "w1-before-commit",
// "w1-after-claim", "w2-before-commit", "w2-after-commit", "w3-before-commit", "w3-after-commit",
// "postpone-before-commit", "postpone-after-commit".
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
