#include "delivery/witness.h"

#include <charconv>

#include "base/random.h"
#include "base/text.h"
#include "delivery/witness_command.h"
#include "delivery/witness_file.h"

namespace tocsin {
namespace {

std::int64_t number_of(Ledger& ledger) {
    std::string text = ledger.note(kGenerationNote);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// One to eight, at random: two copies that both go on do not agree for long.
std::int64_t count(Ledger& ledger) {
    unsigned more = static_cast<unsigned char>(random_bytes(1).front()) % 8u;
    for (; more > 0; --more) ledger.advance_note(kGenerationNote);
    return ledger.advance_note(kGenerationNote);
}

// Other senders count, too: what they have told meanwhile is in the ledger by now, if it is this
// one.
void demand_not_older(std::int64_t witnessed, Ledger& ledger) {
    std::int64_t present = number_of(ledger);
    if (witnessed > present) throw OlderLedger(present, witnessed);
}

bool is_witnessed(Ledger& ledger) {
    return !ledger.note(kWitnessedNote).empty();
}

void count_and_tell(Witness& witness, Ledger& ledger, bool known) {
    demand_not_older(witness.tell(ledger.id(), count(ledger), known), ledger);
}

}  // namespace

OlderLedger::OlderLedger(std::int64_t ledger, std::int64_t witness)
    : LedgerError(
          "this ledger is an older copy: it has counted to " + std::to_string(ledger) +
              ", its witness to " + std::to_string(witness) +
              "; whoever was mailed in between would be mailed again",
          "put the newest ledger back; if there is none, `tocsin ledger adopt` goes on with "
          "this one") {}

std::unique_ptr<Witness> open_witness(const Workspace& workspace, Milliseconds limit) {
    const WitnessSettings& settings = workspace.witness;
    if (!settings.command.empty()) {
        return std::make_unique<WitnessCommand>(settings.command, workspace.root, limit);
    }
    if (settings.file.empty()) return nullptr;
    return std::make_unique<WitnessFile>(settings.file, limit);
}

void hold_against(Witness& witness, Ledger& ledger, WallTime now) {
    const bool known = is_witnessed(ledger);
    demand_not_older(witness.tell(ledger.id(), number_of(ledger), known), ledger);
    if (known) return;
    count_and_tell(witness, ledger, false);
    ledger.set_note(kWitnessedNote, iso8601(now));
}

void count_up(Witness& witness, Ledger& ledger) {
    count_and_tell(witness, ledger, true);
}

bool may_be_older(Witness& witness, Ledger& ledger) {
    std::int64_t highest = witness.tell(ledger.id(), 0, false);
    bool forgotten = highest == 0 && is_witnessed(ledger);
    return forgotten || highest > number_of(ledger);
}

void start_anew(Witness& witness, Ledger& ledger, WallTime now) {
    std::int64_t highest = witness.tell(ledger.id(), 0, false);
    if (highest > number_of(ledger)) ledger.set_note(kGenerationNote, std::to_string(highest));
    count_and_tell(witness, ledger, false);
    ledger.set_note(kWitnessedNote, iso8601(now));
}

}  // namespace tocsin
