// What a user has asked of a mailing, where it is one of a series: `hold weekly` holds all of its
// occurrences, `hold weekly@2026-12-07T09:00` one.
#pragma once

#include "ledger/ledger.h"

namespace tocsin {

struct MailingControl {
    ControlState state;
    MailingKey by;  // whose it is: the mailing, or its series, whose occurrence is empty
};

// The stricter of the two, the mailing's own where they are equally strict; where both are open,
// the later.
MailingControl control_of(Ledger& ledger, const MailingKey& mailing);

// Throw Refused, with the way out. The second one where it is cancelled, and only there.
void demand_open(Ledger& ledger, const MailingKey& mailing);
void refuse_cancelled(Ledger& ledger, const MailingKey& mailing);

}  // namespace tocsin
