// Makes the ledger that is here the one that counts, on this machine: a moved one, a backup, or an
// older copy whose successor is lost. What such a ledger does not know is not found out by it:
// whatever could mail somebody twice is held until somebody looks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "delivery/ledger_marks.h"
#include "delivery/open_ledger.h"

namespace tocsin {

inline constexpr char kAdoptedNote[] = "adopted";  // when one was that may lack something, iso8601

struct Adoption {
    LedgerMarks marks{};                   // what there was against it
    bool older = false;                    // ... by its witness, whose record may be gone as well
    std::vector<MailingKey> held{};        // unfinished or in doubt, held now or before
    std::vector<std::string> unplanned{};  // campaigns that it has no plan of, held too
    std::size_t in_doubt = 0;              // mails of dead senders whose fate nobody knows any more

    // It may lack what was sent since.
    bool lacks() const { return older || !marks.backup.empty(); }
};

// What there is to say before anybody is asked; changes nothing. Throws LedgerError where the
// witness cannot be reached.
Adoption look_at_ledger(const Workspace& workspace, Ledger& ledger);

// `ledger` was opened with LedgerUse::kAdopt. Holds every mailing that is planned and not finished,
// and, where the ledger may lack what was sent since, every campaign of campaigns/ that it has no
// plan of; then starts the witness anew, and clears the marks. Where it throws, the ledger is still
// refused, and the same call goes on. Throws Busy while somebody plans or sends, LedgerError where
// the witness cannot be reached.
Adoption adopt_ledger(const Workspace& workspace, Ledger& ledger, const std::string& owner,
                      WallTime now);

}  // namespace tocsin
