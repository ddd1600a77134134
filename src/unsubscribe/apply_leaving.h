// What a choice does to the ledger: entries of the suppression list, and feedback for `explain`,
// `status` and `report`. For pages, pulls and unsubscribe mails alike.
//
//   list                 its list, or everything where the token has none     reason "unsubscribe"
//   all                  everything                                           reason "unsubscribe"
//   pause-30, pause-90   everything, until then                               reason "pause"
//   undo                 lifts what was chosen with our links and is not newer, and no more
//
// Who it is says the token's row, if the row's address is the token's. Where the row is gone, or
// belongs to somebody else (the ledger is another one than the mail was sent from), the hash in the
// token names the person, and the list is not known: it counts for all.
#pragma once

#include <span>

#include "ledger/ledger.h"
#include "mail/token.h"
#include "unsubscribe/leaver.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

// Durable when it returns; throws LedgerError. What stands already takes the time of its
// repetition, so that only an undo that is newer lifts it; it is noted again when minutes have
// passed. A leaving that was noted before (see Leaving::id) does nothing; an undo that is read
// again lifts what has come since and is older than it. Probes do nothing.
void apply_leavings(Ledger& ledger, const KeyRing& keys, std::span<const Leaving> leavings);

// What it does to one who is still with us, for whoever notes it themselves: the proof of an
// unsubscribe mail may be another one than a token. Not for kUndo, which adds nothing.
FeedbackNote leaving_note(const Leaving& leaving, const Leaver& leaver);

// For the page of who holds the token. Every entry counts, whatever its reason.
Standing standing_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token,
                     WallTime now);

}  // namespace tocsin
