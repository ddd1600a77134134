// What the ledger's own notes say against using it here: it is a backup, or it was last used on
// another machine. What such a copy does not know, somebody would be mailed twice for.
#pragma once

#include <string>

#include "ledger/notes.h"

namespace tocsin {

inline constexpr char kMachineNote[] = "machine";  // "HASH HOST"
inline constexpr char kBackupNote[] = "backup";    // when the copy was made, iso8601

struct LedgerMarks {
    std::string backup{};         // when it was copied; empty: it is no backup
    std::string other_machine{};  // that machine's name; empty: it was this one, or nobody knows
    bool none() const { return backup.empty() && other_machine.empty(); }
};

// Where this machine has no id, none is another.
LedgerMarks read_marks(Notes& notes);

// Throws LedgerError, with the way out, where there is a mark; notes this machine at first use.
void demand_unmarked(Notes& notes);

// From now on the ledger is this machine's, and no backup.
void clear_marks(Notes& notes);

}  // namespace tocsin
