// What a post to a webhook says, event by event.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inbound/report.h"

namespace tocsin {

struct WebhookEvent {
    // The provider's own name of the event: the same event sent again has the same one.
    std::string id;
    // Nothing: it is no feedback (opens, clicks, tests).
    std::optional<Report> report{};
    bool is_known = true;  // false: no documentation that we know of names it
};

using WebhookEvents = std::vector<WebhookEvent>;

}  // namespace tocsin
