// What servers' replies say about addresses: provisional suppressions, which a send settles, and
// soft bounces, which add up to one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

struct Run {
    const MailingKey& mailing;
    std::int64_t number = 0;  // the mailing's
    std::int64_t epoch = 0;
};

// Notes what the outcomes of one transaction say. Belongs into that transaction. An accepted mail
// costs nothing while no address has a soft bounce.
class ReplyNotes {
  public:
    ReplyNotes(Connection& connection, const Run& run) : connection_(connection), run_(run) {}
    void take(const std::string& key, const RowOutcome& outcome);

  private:
    bool any_soft_bounces();
    void count_soft_bounce(const std::string& key, const RowOutcome& outcome);
    void note(const Suppression& entry);

    Connection& connection_;
    Run run_;
    std::optional<bool> any_soft_bounces_;  // asked once
};

// SendSession::settle_suppressions.
std::size_t settle(Connection& connection, std::int64_t mailing, bool keep, WallTime now);
// Ledger::undo_suppressions.
std::size_t undo(Connection& connection, const ReplyFilter& filter, const std::string& source,
                 WallTime now);

}  // namespace tocsin::sqlite
