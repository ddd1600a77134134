// Which occurrence of a recurring campaign `send` sends.
#pragma once

#include <string>

#include "cli/mailing.h"

namespace tocsin {

// The one that is named; else the latest that has come due and is neither finished nor cancelled,
// planned or not. Throws Refused where there is none, and says when there will be one. A campaign
// that does not recur has one mailing.
MailingKey mailing_to_send(Invocation& invocation, const Workspace& workspace,
                           const std::string& given, Ledger& ledger);

// "  Due      2026-12-14T09:00:00Z\n" where an occurrence has not come due, else empty: who is
// asked whether to send it should know.
std::string shown_if_early(Invocation& invocation, const Workspace& workspace,
                           const std::string& given, const MailingKey& mailing);

}  // namespace tocsin
