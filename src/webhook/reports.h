// Reports of a kind, as the readers of providers' events make them. Private to this module.
#pragma once

#include <string>
#include <string_view>

#include "inbound/report.h"
#include "webhook/event.h"
#include "webhook/json.h"

namespace tocsin {

// A bounce that the provider classes so, where neither the status nor the receiver's words say
// otherwise: they outrank it, as in mails that come back.
Report bounced(BounceClass claimed, const std::string& status, const std::string& text);
// The provider itself did not send it, for a reason of its own: the address is not to blame.
Report not_sent(const std::string& text);
// ... or because the address bounced before.
Report known_to_bounce(const std::string& text);
Report delayed(const std::string& status, const std::string& text);
Report delivered();
Report complained(const std::string& text);
Report unsubscribed();

// An event without feedback, and one that nobody documents.
WebhookEvent ignored();
WebhookEvent unknown();

// `{"tocsin": REFERENCE}` as an object, or as the text of one.
std::string reference_in(const Json& metadata);
// Adds whom the event names and whose mail it was.
WebhookEvent event_of(std::string id, Report report, const std::string& recipient,
                      const std::string& reference);
// `id`, or where the provider gave none, a hash of the whole event.
std::string id_or_hash(const std::string& id, const Json& event);

// One printable line of at most 1,000 bytes.
std::string one_line(std::string_view text);

// Whether `word` is one of these, separated by spaces.
bool is_one_of(std::string_view word, std::string_view words);

}  // namespace tocsin
