// Mails in doubt, with what can be looked for in a relay's logs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "delivery/relay_log/relay_log.h"
#include "ledger/ledger.h"
#include "mail/token.h"

namespace tocsin {

struct Doubt {
    DoubtfulRow row;
    // Without brackets; those that the mail may have, the present key's first. None without keys.
    std::vector<std::string> message_ids;
    RelayTrace trace;
    std::string told;  // by feedback, in one sentence, that the mail was accepted; or empty

    // The one that left the doubt.
    const AttemptRecord& last() const { return row.attempts.back(); }
    // What says that it was accepted, or empty.
    std::string evidence() const { return told.empty() ? trace.evidence() : told; }
};

// Everybody in doubt, in plan order. `keys` may be null.
std::vector<Doubt> find_doubts(Ledger& ledger, const PlanInfo& plan, const KeyRing* keys);

// Fills `told`: what bounced, was delayed, delivered or complained of had been accepted before.
void search_feedback(std::vector<Doubt>& doubts, Ledger& ledger, const MailingKey& mailing);

// Fills the traces from the logs, the oldest first, whatever their order. Throws as
// for_each_log_line does.
void search_logs(std::vector<Doubt>& doubts, const std::vector<std::filesystem::path>& logs,
                 WallTime now);

}  // namespace tocsin
