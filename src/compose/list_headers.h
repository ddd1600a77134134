// The headers that tell a receiver this is list mail, which list, and how to leave it.
#pragma once

#include <optional>
#include <vector>

#include "compose/unsubscribe_links.h"
#include "mail/address.h"
#include "mail/mime.h"
#include "model/content.h"

namespace tocsin {

// List-Id (RFC 2919), List-Unsubscribe and List-Unsubscribe-Post, Feedback-ID, Precedence,
// X-Auto-Response-Suppress; and, where the domain of `bounces` is that of the sender or below it,
// CFBL-Address (RFC 9477 section 3.1: another one would need a signature of its own domain).
// `bounces` is the mail's return path, at which a complaint says whose it is; absent: no such
// header.
std::vector<HeaderField> list_headers(const Content& content, const UnsubscribeLinks& links,
                                      const std::optional<Mailbox>& bounces);

}  // namespace tocsin
