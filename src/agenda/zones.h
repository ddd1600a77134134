// `timezone: recipient`: whose hour has come, zone by zone.
#pragma once

#include <optional>

#include "agenda/agenda.h"
#include "ledger/send_session.h"

namespace tocsin {

// Lets the people of those zones wait in which the mailing is not due yet, or window and days are
// closed. Before the session's first claim.
void postpone_closed_zones(const AgendaItem& item, Ledger& ledger, SendSession& session,
                           WallTime now);

// When the mailing must stop for its window: where people's own zones count, for the first of them
// that has still somebody to mail. Nothing where it never must.
std::optional<WallTime> next_closing(const AgendaItem& item, Ledger& ledger, WallTime now);

}  // namespace tocsin
