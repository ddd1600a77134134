// What a choice does to the ledger: entries of the suppression list, and feedback for `explain`,
// `status` and `report`. For pages, pulls and unsubscribe mails alike.
//
//   list                 its list, or everything where the token has none     reason "unsubscribe"
//   all                  everything                                           reason "unsubscribe"
//   pause-30, pause-90   everything, until then                               reason "pause"
//   undo                 lifts what has one of these reasons and is not newer
//
// Who it is says the token's row, if the row's address is the token's. Where the row is gone, or
// belongs to somebody else (the ledger is another one than the mail was sent from), the hash in the
// token names the person, and in the latter case the list, too, is not known: it counts for all.
#pragma once

#include <span>

#include "ledger/ledger.h"
#include "mail/token.h"
#include "unsubscribe/leaver.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

// Durable when it returns; throws LedgerError. What changes nothing is not noted again, and what
// was noted before (see Leaving::id) does nothing: an undo that is read twice lifts once. Probes do
// nothing.
void apply_leavings(Ledger& ledger, const KeyRing& keys, std::span<const Leaving> leavings);

// What it does to one who is still with us, for whoever notes it themselves: the proof of an
// unsubscribe mail may be another one than a token. Not for kUndo, which adds nothing.
FeedbackNote leaving_note(const Leaving& leaving, const Leaver& leaver);

// For the page of who holds the token. Every entry counts, whatever its reason.
Standing standing_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token,
                     WallTime now);

}  // namespace tocsin
