// The headers that tell a receiver this is list mail, which list, and how to leave it.
#pragma once

#include <vector>

#include "compose/unsubscribe_links.h"
#include "mail/mime.h"
#include "model/content.h"

namespace tocsin {

// List-Id (RFC 2919), List-Unsubscribe and List-Unsubscribe-Post, Feedback-ID, Precedence,
// X-Auto-Response-Suppress.
std::vector<HeaderField> list_headers(const Content& content, const UnsubscribeLinks& links);

}  // namespace tocsin
