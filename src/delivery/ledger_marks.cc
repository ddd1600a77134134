#include "delivery/ledger_marks.h"

#include "base/error.h"
#include "base/machine.h"
#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr char kApplication[] = "tocsin: whose ledger is it";

// machine-id(5) wants it hashed under a key of the application. Empty where there is none.
std::string own_hash() {
    std::string id = machine_id();
    return id.empty() ? "" : to_hex(hmac_sha256(kApplication, id));
}

std::string hash_in(const std::string& note) {
    return note.substr(0, note.find(' '));
}

std::string host_in(const std::string& note) {
    auto blank = note.find(' ');
    std::string host = blank == note.npos ? "" : printable(note.substr(blank + 1));
    return host.empty() ? "a machine without a name" : host;
}

void note_machine(Notes& notes) {
    std::string hash = own_hash();
    if (!hash.empty()) notes.set_note(kMachineNote, hash + " " + host_name());
}

}  // namespace

LedgerMarks read_marks(Notes& notes) {
    LedgerMarks marks{printable(notes.note(kBackupNote)), ""};
    std::string noted = notes.note(kMachineNote);
    std::string own = own_hash();
    if (!noted.empty() && !own.empty() && hash_in(noted) != own) {
        marks.other_machine = host_in(noted);
    }
    return marks;
}

void demand_unmarked(Notes& notes) {
    LedgerMarks marks = read_marks(notes);
    if (!marks.backup.empty()) {
        throw LedgerError("this ledger is a backup of " + marks.backup +
                              ": whoever was mailed since would be mailed again",
                          "put the newest ledger back; if there is none, `tocsin ledger adopt` "
                          "goes on with this one");
    }
    if (!marks.other_machine.empty()) {
        throw LedgerError("this ledger was last used on another machine, " + marks.other_machine,
                          "if it was moved here for good, and nothing sends from the old copy any "
                          "more: `tocsin ledger adopt`");
    }
    if (notes.note(kMachineNote).empty()) note_machine(notes);
}

void clear_marks(Notes& notes) {
    // The mark last: what is cut off half-way is still refused.
    note_machine(notes);
    notes.set_note(kBackupNote, "");
}

}  // namespace tocsin
