// The witness keeps, elsewhere, the highest of the numbers that a ledger has counted up to. The
// ledger counts first, then tells it; so a ledger whose number is smaller is an older copy, which
// does not know of all who were mailed. It counts in steps that nobody can foretell: of two copies
// that both go on, one soon has the smaller number.
//
// What it cannot expose: that ledger and witness were both taken back, and a copy that was made
// after the ledger had last counted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

inline constexpr char kGenerationNote[] = "generation";  // the number
inline constexpr char kWitnessedNote[] = "witnessed";    // since when a witness knows the ledger

class Witness {
  public:
    virtual ~Witness() = default;
    // Tells it that the ledger has this number. Gives the highest that it was ever told of that
    // ledger, this one included. Throws LedgerError where it cannot be reached or understood, or
    // where `known` and it knows nothing of the ledger (a file; a command cannot tell). 0 only
    // asks.
    virtual std::int64_t tell(const std::string& ledger, std::int64_t number, bool known) = 0;
};

// Nothing where none is configured. A command runs in the workspace, for `limit` at most; so long
// a file is waited for that others are writing.
std::unique_ptr<Witness> open_witness(const Workspace& workspace,
                                      Milliseconds limit = std::chrono::seconds(20));

// The ledger's number is below the witness's: it is an older copy.
struct OlderLedger : LedgerError {
    OlderLedger(std::int64_t ledger, std::int64_t witness);
};

// Throws OlderLedger, or LedgerError as `tell` does. At first use the witness learns of the ledger.
void hold_against(Witness& witness, Ledger& ledger, WallTime now);

// The ledger counts, and the witness is told. To be called only of a ledger that was held against
// it: an older copy that counts often enough would catch up. Throws as `hold_against`.
void count_up(Witness& witness, Ledger& ledger);

// Whether it is an older copy, or nobody can know, as the witness has forgotten the ledger. Throws
// LedgerError where the witness cannot be reached; changes nothing.
bool may_be_older(Witness& witness, Ledger& ledger);

// From now on this ledger is the one that counts: every other copy of it is older. Throws
// LedgerError where the witness cannot be reached.
void start_anew(Witness& witness, Ledger& ledger, WallTime now);

}  // namespace tocsin
