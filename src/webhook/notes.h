// From events to what is written into the ledger: whose they are, and what follows.
#pragma once

#include <vector>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "mail/token.h"
#include "model/provider.h"
#include "webhook/event.h"

namespace tocsin {

// The events of one post that has proved to be the provider's.
struct WebhookPost {
    ProviderKind provider = ProviderKind::kSes;
    WebhookEvents events;
};

struct WebhookNotes {
    std::vector<FeedbackNote> notes;
    std::vector<ProviderKind> nobodys;  // one for each event about nobody whom the ledger knows
};

// In their order. Whose an event is says what the provider kept with the mail; where it tells
// nothing of that, the address that it names, if that was ever to be mailed, for what may suppress
// alone. What is nobody's is not noted.
WebhookNotes notes_of(const std::vector<WebhookPost>& posts, Ledger& ledger, const KeyRing& keys,
                      WallTime now);

}  // namespace tocsin
