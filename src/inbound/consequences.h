// What follows from a report about somebody: docs/inbound.md has the table for people.
#pragma once

#include <optional>
#include <string>

#include "inbound/identify.h"
#include "inbound/report.h"
#include "inbound/sources/source.h"
#include "ledger/ledger.h"

namespace tocsin {

// What is to be written; nothing for what is only counted (auto-replies, what is not understood,
// what is nobody's).
// `origin` is the ReceivedMail's, `identity` its mail_identity.
std::optional<FeedbackNote> note_of(const std::string& origin, const std::string& identity,
                                    const Report& report, const std::optional<Subject>& subject,
                                    WallTime now);

// What becomes of the mail itself: kept is what a person may have to look at.
Fate fate_of(const Report& report, bool matched);

// The same for the same mail, from wherever it is read: its own Message-ID, or where it has none, a
// hash of its bytes.
std::string mail_identity(std::string_view mail);

}  // namespace tocsin
