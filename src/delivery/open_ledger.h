// Opens the ledger and the keys of a workspace together, held against tocsin.lock and what else
// tells that it is another than it was: an exchanged, lost or older one means mailing people twice.
#pragma once

#include <memory>

#include "ledger/ledger.h"
#include "mail/address_names.h"
#include "mail/token.h"
#include "model/workspace.h"

namespace tocsin {

struct OpenedLedger {
    std::unique_ptr<Ledger> ledger;
    KeyRing keys;
    std::shared_ptr<const AddressNames> names{};  // what the ledger goes by
};

// What for, and so what is demanded of the ledger beside tocsin.lock.
enum class LedgerUse {
    kSend,    // to mail somebody, or to prepare it: its marks, and the witness
    kRecord,  // to note what people chose or servers said, or where a WitnessKeeper asks: its marks
    kAdopt,   // to accept it whatever it is: nothing
};

// For commands that send or plan. Makes the ledger, the secret and tocsin.lock at first use. Throws
// LedgerError where tocsin.lock names another ledger or key than is found, or none is found, unless
// `accept_new` (--new-ledger), which rewrites tocsin.lock; and, whatever was accepted, where the
// ledger is a backup or another machine's (delivery/ledger_marks.h), or an older copy, or its
// witness fails (delivery/witness.h).
//
// The ledger gets the names of addresses (Ledger::use_names): where `suppression: {hashed: true}`
// holds, or once did, with the key in state/suppression-key, which is made at first use. Without it
// the hashed entries would block nobody, so a lost or exchanged one is an error like the others.
OpenedLedger open_ledger(const Workspace& workspace, bool accept_new,
                         LedgerUse use = LedgerUse::kSend);

// For who plans or sends: logs a warning where entries can be told under a forgotten secret only
// (Ledger::untold_entries). After an exchange of the secret nothing else would notice, and people
// who have left would be mailed again.
void warn_of_untold_entries(Ledger& ledger);

// For commands that only look or that concern no mail: no secret is read and nothing is made.
// Nothing where there is no ledger and tocsin.lock names none; LedgerError where it is another than
// tocsin.lock names.
std::unique_ptr<Ledger> open_ledger_to_look(const Workspace& workspace);

// The same for commands that look addresses up (or take replies back): where the ledger has hashed
// names of addresses, or keeps new ones, the keys are read, too, and missing ones are errors as in
// `keys_to_look`.
std::unique_ptr<Ledger> open_ledger_to_find(const Workspace& workspace);

// The keys, for commands that only look: none is made. Throws ConfigError where they cannot be had,
// LedgerError where tocsin.lock names another.
KeyRing keys_to_look(const Workspace& workspace);

}  // namespace tocsin
