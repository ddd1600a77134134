// Sends proofs: what chosen recipients would get, delivered to the reviewers' inboxes. No ledger,
// no recipient's state.
#pragma once

#include <string>
#include <vector>

#include "compose/composer.h"
#include "model/recipient.h"
#include "transport/transport.h"

namespace tocsin {

struct ProofResult {
    std::size_t accepted = 0;
    std::vector<std::string> failures;  // "to REVIEWER: REASON", one a mail that was not accepted
    std::string hint;                   // what to do about the last, or empty
};

// One mail for each pair of inbox and recipient. Throws Unavailable where the transport cannot be
// used.
ProofResult send_proofs(Transport& transport, Composer& composer,
                        const std::vector<Mailbox>& inboxes,
                        const std::vector<Recipient>& recipients, WallTime now);

}  // namespace tocsin
