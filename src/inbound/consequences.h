// What follows from a report about somebody: docs/inbound.md has the table for people.
#pragma once

#include <optional>
#include <string>

#include "inbound/identify.h"
#include "inbound/report.h"
#include "inbound/sources/source.h"
#include "ledger/ledger.h"

namespace tocsin {

// Where a report came from.
struct Origin {
    std::string source;               // as Feedback has it: "inbound file 1.eml"
    std::string identity;             // the same for the same report, however often it comes
    std::string leaving = kFromMail;  // the source of the entry of who leaves by it
};

// What is to be written; nothing for what is only counted (auto-replies, what is not understood,
// what is nobody's).
std::optional<FeedbackNote> note_of(const Origin& origin, const Report& report,
                                    const std::optional<Subject>& subject, WallTime now);

// What becomes of the mail itself: kept is what a person may have to look at.
Fate fate_of(const Report& report, bool matched);

// The same for the same mail, from wherever it is read: its own Message-ID, or where it has none, a
// hash of its bytes.
std::string mail_identity(std::string_view mail);

}  // namespace tocsin
